/** Runs a suite inside the extension host, and writes down how it ended. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

export function run(): Promise<void> {
  const grep = process.env['RBDCACHE_TEST_GREP'];
  const mocha = new Mocha({ ui: 'tdd', timeout: 600_000, slow: 5_000, color: false, ...(grep && { grep }) });
  mocha.addFile(join(__dirname, `${process.env['RBDCACHE_TEST_SUITE'] ?? 'suite'}.js`));
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failures) => {
      const results = process.env['RBDCACHE_TEST_RESULTS'];
      if (results !== undefined) writeFileSync(results, JSON.stringify(runner.stats));
      if (failures > 0) reject(new Error(`${failures} of the editor tests failed`));
      else resolve();
    });
  });
}
