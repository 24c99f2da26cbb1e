/** `rbdcache`: the command line as a process. */
import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { crashText } from './output.js';
import { runProgram } from './program.js';

/** A reader that has seen enough (`rbdcache … | head`) ends the run. */
process.stdout.on('error', (error: Error & { readonly code?: string }) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

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
