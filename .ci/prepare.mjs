/** `npm install` in a clone, as for a git dependency or a pre-commit hook: builds the programs, where that is possible. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/** @param {string} name */
function isInstalled(name) {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

if (isInstalled('esbuild')) {
  const { build } = await import('./build.mjs');
  await build({ quiet: true });
} else if (!existsSync(join(import.meta.dirname, '..', 'dist', 'cli.js'))) {
  console.error('rbdcache is not built: that needs its development packages (npm install --include=dev).');
}
