//! What the parser reads: values without places, and no more of them than may be.

use std::cell::Cell;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

/// A value without its place.
pub(super) enum Read {
    Empty,
    /// A number or a switch in the parser's words; as it was typed it stands in the text.
    Plain(String),
    Text(String),
    List(Vec<Read>),
    Map(Vec<(Read, Read)>),
}

/// Reads anything, as long as there is something left of what may be read.
#[derive(Clone, Copy)]
pub(super) struct Seed<'b>(pub(super) &'b Cell<Option<usize>>);

impl Seed<'_> {
    fn spend<E: Error>(self, bytes: usize) -> Result<(), E> {
        self.0.set(self.0.get().and_then(|left| left.checked_sub(bytes + 1)));
        self.0.get().map(|_| ()).ok_or_else(|| E::custom("too much"))
    }

    fn plain<E: Error>(self, value: impl fmt::Display) -> Result<Read, E> {
        self.spend(0)?;
        Ok(Read::Plain(value.to_string()))
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Read;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Read, E> {
        self.spend(0)?;
        Ok(Read::Empty)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Read, E> {
        self.plain(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Read, E> {
        self.plain(value)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Read, E> {
        self.plain(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Read, E> {
        self.plain(value)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Read, E> {
        self.plain(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Read, E> {
        self.plain(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Read, E> {
        self.spend(value.len())?;
        Ok(Read::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Read, A::Error> {
        self.spend(0)?;
        let mut all = Vec::new();
        while let Some(value) = list.next_element_seed(self)? {
            all.push(value);
        }
        Ok(Read::List(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        self.spend(0)?;
        let mut all = Vec::new();
        while let Some(pair) = map.next_entry_seed(self, self)? {
            all.push(pair);
        }
        Ok(Read::Map(all))
    }

    /// A value with a tag of its own counts without it.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Read, A::Error> {
        let (_, value) = tagged.variant_seed(self)?;
        value.newtype_variant_seed(self)
    }
}
