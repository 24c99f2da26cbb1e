/** `rbdcache`: the command line as a process. */
import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { systemMessage } from './input-files.js';
import { crashText } from './output.js';
import { runProgram } from './program.js';

/** A reader that has seen enough (`rbdcache … | head`) ends the run; a report that cannot be written is no finding. */
process.stdout.on('error', (error: Error & { readonly code?: string }) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`standard output: ${systemMessage(error)}\n`);
  process.exit(2);
});
// Where nobody hears complaints any more, the exit code still says what there was.
process.stderr.on('error', () => undefined);

const context = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env: process.env,
  packageFolder: resolve(dirname(realpathSync(process.argv[1] ?? '.')), '..'),
};

runProgram(process.argv.slice(2), context).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(crashText(error));
    process.exitCode = 2;
  },
);
