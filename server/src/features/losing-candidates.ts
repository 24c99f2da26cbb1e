/** What a drive's own `:key=value` says in vain. */
import type { Candidate, DriveTrace, NameOption } from '../simulate/model.js';

export interface LosingOption {
  readonly candidate: Candidate;
  readonly keySpan: NameOption['keySpan'];
  readonly valueSpan: NameOption['valueSpan'];
}

/** In the order of the text. Empty where QEMU never came to ask librados. */
export function losingCandidates({ syntax, config }: DriveTrace): readonly LosingOption[] {
  const options = syntax.name?.options ?? [];
  if (config === null || options.length === 0) return [];
  const lost = new Map<number, Candidate>();
  for (const name of new Set(options.map(({ key }) => key.replace(/[ -]/g, '_')))) {
    const trace = config.trace(name);
    if (trace === undefined) continue;
    for (const candidate of trace.candidates) {
      if (candidate === trace.winner || candidate.place.kind !== 'argument') continue;
      lost.set(candidate.place.valueSpan.start, candidate);
    }
  }
  if (lost.size === 0) return [];
  return options.flatMap(({ keySpan, valueSpan }) => {
    const candidate = lost.get(valueSpan.start);
    return candidate === undefined ? [] : [{ candidate, keySpan, valueSpan }];
  });
}
