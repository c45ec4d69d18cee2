// What the scripts that browsers run share with one another and with the pages, and what newer browsers have.

declare namespace Clausebook {
  // ---- The search: search-engine.js, search.js, worker.js -----------------------------------------------------------

  /** What a script of the folder search/ holds: how its bytes are coded, and they in base64. */
  interface Piece { coding: string; text: string }
  interface Pieces { [name: string]: Piece }

  /** What the search of a build is made of, as search/current.js tells it. */
  interface Current {
    build: string;
    due_soon: number;
    engine: string;
    worker: string;
    titles: string;
    contents: string;
    words: Words;
    /** Name, first byte, length, sum, and 1 for those that are loaded before the first query. */
    pieces: [string, number, number, number, number][];
  }

  interface Words { [key: string]: string }

  /** A page among the titles: title, address (of a term its anchor alone), type, reference, status, and the day from which it is in force (0: none). */
  type Title = [string, string, string, string, string, number];

  /** A section that was found. */
  interface Hit {
    title: string;
    page_title: string;
    section: string | null;
    type: string;
    reference: string | null;
    url: string;
    status: string | null;
    version: string | null;
    review: string | null;
    in_force: boolean;
    crumbs: string;
    snippet: string;
    tier: string;
  }

  interface Answer { query: string; hits: Hit[]; more: boolean }

  interface Question {
    text: string;
    filters: string;
    limit: number;
    done(answer: Answer): void;
    /** Given when it is asked. */
    number?: number;
  }

  /** What a page sends to the engine. */
  type ToEngine =
    | { kind: "open"; current: Current; base: string | null; given?: Pieces; number?: undefined }
    | { kind: "ask"; number?: number; filters: string; text: string; limit: number; today: number };

  /** What the engine sends to the page. */
  type FromEngine =
    | { kind: "ready" }
    | { kind: "failed"; number?: number; reason?: string; missing: string | null }
    | { kind: "answer"; number?: number; json: string };

  /** A worker's own scope, which fetches files. */
  interface Scope { fetch(address: string): Promise<Response> }

  type Host = (post: (message: FromEngine) => void, scope: Scope | null) => (message: ToEngine) => void;

  /** The engine as search-engine.js holds it. */
  interface Running {
    state: "none" | "loading" | "ready" | "failed";
    send(message: ToEngine): void;
    worker: Worker | null;
    turn: number;
    asked: Question | null;
    waiting: Question | null;
    number: number;
  }

  /** What the engine offers, which is WebAssembly. */
  interface Engine {
    memory: WebAssembly.Memory;
    reserve(length: number): number;
    answer_at(): number;
    answer_length(): number;
    open(): number;
    ask(today: number, due_soon: number, limit: number): number;
  }

  /** What search-engine.js offers to search.js. */
  interface Loading {
    root: string;
    begin(): Promise<unknown>;
    told(): Promise<void>;
    ask(question: Question): void;
    drop(): void;
    listen(listener: () => void): void;
    state(): Running["state"];
    today(): number;
    titles(): Title[] | null;
    words(): Words | null;
  }

  interface Search {
    current(told: Current): void;
    piece(name: string, coding: string, text: string): void;
    host: Host;
    loading: Loading;
    /** Opens the box with what was typed until it was there: search.js sets it. */
    open(typed: () => string): void;
  }

  /** Makes an element, with a class and a text. */
  type Make = <Name extends keyof HTMLElementTagNameMap>(name: Name, kind?: string, text?: string | null)
    => HTMLElementTagNameMap[Name];

  /** A form whose fields are known by their names. */
  type Form = HTMLFormElement & { elements: { [name: string]: HTMLInputElement } };

  /** What a box of the search is for: in the dialog, or on the page of results. */
  interface Box {
    limit: number;
    listbox?: boolean;
    /** Leaves the box. */
    left?(): void;
    filters?(): string;
    changed?(text: string): void;
  }
}

interface Window { clausebookSearch: Clausebook.Search }

interface Document {
  // What the templates hold wherever a script asks for it.
  getElementById(id: "cb-q" | "cb-search-box"): HTMLInputElement;
  getElementById(id: "cb-search-form"): Clausebook.Form;
  getElementById(id: "cb-no-script" | "cb-results-status"): HTMLElement;
}

// ---- What newer browsers have: who uses it asks whether it is there ----------------------------------------------------

interface Uint8ArrayConstructor { fromBase64?(text: string): Uint8Array<ArrayBuffer> }
