/** `rbdcache check --fix`: applies the fixes that an editor's “fix all” applies, file by file, and says what it changed. */
import { realpathSync } from 'node:fs';
import type { DocumentAnalysis } from '../features/analysis-model.js';
import { fixAll } from '../features/code-actions.js';
import { applyEdits } from '../features/fix-trial.js';
import { trialOf } from '../workspace/trial.js';
import type { LookedInto } from './batches.js';
import { type InputProblem, systemMessage } from './input-files.js';
import { displayPath, isIn } from './paths.js';
import { replaceText } from './write-file.js';

export interface FixedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The rules whose findings were mended, each once. */
  readonly rules: readonly string[];
  readonly fixes: number;
}

/** A fix can make room for another; fixes that do not come to an end are left after so many rounds. */
const MOST_ROUNDS = 10;

/** What all safe fixes make of a file; null where there is none. The workspace then holds the new text. */
export function fixedFile({ analysis, kind, workspace }: LookedInto, cwd: string): FixedFile | null {
  const { address } = analysis;
  const before = analysis.text;
  const rules = new Set<string>();
  const trial = trialOf(workspace);
  let current: DocumentAnalysis | null = analysis;
  let fixes = 0;
  for (let round = 0; round < MOST_ROUNDS && current !== null; round += 1) {
    const action = fixAll(current, trial);
    const after = action === null ? undefined : applyEdits(trial, action.edits)?.get(address);
    if (action === null || after === undefined || after === current.text) break;
    for (const [rule, count] of action.rules) {
      rules.add(rule);
      fixes += count;
    }
    workspace.setDocument(address, kind, after);
    current = workspace.analyse(address);
  }
  if (current === null || current.text === before) return null;
  return { path: displayPath(address, cwd), before, after: current.text, rules: [...rules].sort(), fixes };
}

/** Writes it; a problem where the file is not one of those given, or has changed since it was read. */
export function writeFixed({ file }: LookedInto, fixed: FixedFile): InputProblem | null {
  const { path, within } = file;
  try {
    const real = realpathSync(path);
    if (within !== null && !isIn(realpathSync(within), real)) {
      return { path, message: `not changed: it is a link to ${real}, outside of what was given` };
    }
    const refused = replaceText(real, fixed.before, fixed.after);
    return refused === null ? null : { path, message: `not changed: ${refused}` };
  } catch (error) {
    return { path, message: `not changed: ${systemMessage(error)}` };
  }
}
