// What the scripts of theme/static share and what they are given, for a check of their types. No page loads this.

/** What portal.js lends the scripts behind it. */
interface Portal {
  /** The portal's words, with what stands for `{name}`. */
  say(key: string, values?: Record<string, string | number>): string;
  /** An element of that class, with what is in it. */
  make<K extends keyof HTMLElementTagNameMap>(name: K, kind?: string, ...parts: (string | Node)[]): HTMLElementTagNameMap[K];
  /** A button that does something. */
  button(kind: string, text: string, act: () => void): HTMLButtonElement;
  /** The sign of a kind of state, to stand before its word; nothing where there is none. */
  sign(kind: string): Node | string;
  each<E extends HTMLElement = HTMLElement>(selector: string, visit: (found: E) => void): void;
  /** Runs a script of the site, which sets a global. */
  load(path: string): Promise<unknown>;
  /** What this browser keeps under that name, if it does. */
  recall(name: string): string | null;
  /** Keeps it; nothing is as good as none. */
  keep(name: string, value?: string | null): void;
  /** Says something to who listens, and where `seen` to who looks. */
  tell(text: string, seen?: boolean): void;
  /** Whether a single key may do something: nobody types, and they are not switched off. */
  free(event: KeyboardEvent): boolean;
  /** Greys states past their day; what is grey stays. */
  grey(): void;
}

/** What concerns a role, as `roles/ID.js` says it. Addresses are relative to the root of the site. */
interface RoleTold {
  id: string;
  title: string;
  href: string;
  groups: { title: string, href: string, count: number, lines: RoleLine[] }[];
}
interface RoleLine {
  document: { href: string | null, title: string, document_type: string | null, mark: State | null };
  state: State & { kind: string } | null;
  date: { iso: string, text: string } | null;
}
interface State { text: string, until: string | null }

interface Window {
  clausebook: Portal;
  /** `icons`: the sign of each kind of state, as an `svg`. */
  clausebookWords: Record<string, string> & { roles: Record<string, string>, icons: Record<string, string> };
  /** Anchor in the glossary: term and meaning. */
  clausebookTerms: Record<string, [string, string]>;
  clausebookRole: RoleTold;
}
