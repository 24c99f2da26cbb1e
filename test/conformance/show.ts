/** The program behind show.mjs: lists disagreements for the person who mends them. */
import { parseArgs } from 'node:util';
import { createCaseRunner } from '../../server/src/cli/cases.js';
import { Agreement, describeDisagreement } from './agreement.js';
import { loadRecordings, SOURCES } from './recordings.js';

export function showDisagreements(folder: string, args: string[]): void {
  const { values } = parseArgs({
    args,
    options: {
      source: { type: 'string' },
      topic: { type: 'string' },
      about: { type: 'string' },
      qemu: { type: 'string' },
      librbd: { type: 'string' },
      id: { type: 'string' },
      limit: { type: 'string', default: '10' },
    },
  });
  const runner = createCaseRunner();
  const agreement = new Agreement();
  for (const source of SOURCES) {
    if (values.source !== undefined && values.source !== source) continue;
    for (const recording of loadRecordings(folder, source)) {
      const wanted =
        (values.topic === undefined || recording.topic === values.topic) &&
        (values.about === undefined || recording.about.includes(values.about)) &&
        (values.qemu === undefined || recording.qemu === values.qemu) &&
        (values.librbd === undefined || recording.librbd === values.librbd) &&
        (values.id === undefined || recording.id.includes(values.id));
      if (wanted) agreement.add(recording, (given) => runner.run(given));
    }
  }
  console.log(agreement.report());
  for (const disagreement of agreement.disagreements.slice(0, Number(values.limit))) {
    console.log(`\n${describeDisagreement(disagreement)}`);
  }
}
