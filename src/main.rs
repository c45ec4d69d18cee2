//! The program: arguments in, exit code out.

use std::ffi::{c_int, c_long};
use std::process::ExitCode;

/// Many small values live as long as the portal: the system's allocator takes a third longer at 10,000 documents.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    clausebook::cli::main(give_back_soon)
}

/// Has the allocator give back to the system what has been free for a millisecond, instead of a second: what one state
/// of a served portal leaves is not kept while the next ones are made. A build, which ends soon, is faster if it keeps it.
#[expect(unsafe_code, reason = "the allocator is spoken to in C")]
fn give_back_soon() {
    /// `mi_option_purge_delay`, in milliseconds, by its place in mimalloc.h, the same in versions 2 and 3.
    const PURGE_DELAY: c_int = 15;
    unsafe extern "C" {
        fn mi_option_set(option: c_int, value: c_long);
    }
    // SAFETY: the function is that of the allocator above, which is part of this program; it only keeps a number.
    unsafe { mi_option_set(PURGE_DELAY, 1) }
}
