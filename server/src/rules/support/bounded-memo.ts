/** A memory for answers that cost a search; it forgets the older half when it is full, so that no input makes it grow. */
export class BoundedMemo<T> {
  #recent = new Map<string, { readonly answer: T }>();
  #older = new Map<string, { readonly answer: T }>();

  constructor(private readonly size: number) {}

  get(key: string, ask: () => T): T {
    const known = this.#recent.get(key) ?? this.#older.get(key);
    if (known !== undefined) return known.answer;
    const entry = { answer: ask() };
    if (this.#recent.size >= this.size) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, entry);
    return entry.answer;
  }
}
