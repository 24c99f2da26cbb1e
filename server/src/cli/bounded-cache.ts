/** Keeps the values made last, at most `limit` of them. */
export class BoundedCache<Key, Value extends object | string> {
  private readonly values = new Map<Key, Value>();

  constructor(private readonly limit: number) {}

  get(key: Key, make: () => Value): Value {
    const found = this.values.get(key);
    if (found !== undefined) return found;
    const made = make();
    if (this.values.size >= this.limit) this.dropOldest();
    this.values.set(key, made);
    return made;
  }

  private dropOldest(): void {
    const oldest = this.values.keys().next();
    if (!oldest.done) this.values.delete(oldest.value);
  }
}
