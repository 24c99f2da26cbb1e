/**
 * The recipes of docs/EDITORS.md, tried as they stand there: each editor opens a ceph.conf, shows its findings, hovers, and is
 * offered a fix.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalledPackage } from '../../.ci/lib/dependencies.mjs';
import { ROOT, say } from '../../.ci/lib/steps.mjs';

const TIMEOUT_MS = 90_000;
const HERE = join(ROOT, 'test/other-editors');

/** @typedef {{ name: string, language: string, init: string, program: string, args: (init: string) => readonly string[] }} Editor */

/** @type {readonly Editor[]} */
const EDITORS = [
  {
    name: 'Neovim',
    language: 'lua',
    init: 'init.lua',
    program: 'nvim',
    args: (init) => ['--headless', '-n', '-u', init, '-S', join(HERE, 'neovim.lua')],
  },
  {
    name: 'Emacs',
    language: 'elisp',
    init: 'init.el',
    program: 'emacs',
    args: (init) => [
      ...['-q', '--batch', '-l', 'package', '--eval', '(package-initialize)'],
      ...['-l', init, '-l', join(HERE, 'emacs.el')],
    ],
  },
];

export const OTHER_EDITORS = [
  { program: 'Neovim', packages: ['neovim'] },
  { program: 'Emacs with eglot', packages: ['emacs-nox', 'elpa-eglot'] },
].map((wanted) => ({ ...wanted, found: () => wanted.packages.every(isInstalledPackage) }));

const CONF = `# rbdcache: qemu=8.2 librbd=18.2
[client]
rbd_cache_policy = writeback
rbd_cache_max_dirty = 64MiB
`;

/** What each editor must have shown, in parts. */
const WANTED = {
  findings: ['`64MiB` has a unit that librbd 18.2.7 does not read'],
  hover: ['By cache mode — QEMU 8.2, librbd 18.2'],
  actions: ['Write `64M`'],
};

/** @returns {{ passed: number, failed: number }} */
export function runOtherEditors() {
  let [passed, failed] = [0, 0];
  for (const editor of EDITORS) {
    const wrong = tryEditor(editor);
    say(`  ${wrong === undefined ? '✓' : '✗'} ${editor.name}${wrong === undefined ? '' : `: ${wrong}`}`);
    if (wrong === undefined) passed += 1;
    else failed += 1;
  }
  return { passed, failed };
}

/**
 * @param {Editor} editor
 * @returns {string | undefined} what is wrong
 */
function tryEditor({ language, init, program, args }) {
  const folder = mkdtempSync(join(tmpdir(), 'rbdcache-editor-'));
  try {
    const file = join(folder, 'etc/ceph/ceph.conf');
    mkdirSync(join(folder, 'etc/ceph'), { recursive: true });
    writeFileSync(file, CONF);
    writeFileSync(join(folder, init), recipe(language));
    const env = { ...process.env, HOME: folder, XDG_STATE_HOME: folder, RBDCACHE_FILE: file };
    const { stdout, stderr } = spawnSync(program, args(join(folder, init)), {
      cwd: folder,
      env,
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
    });
    const line = `${stdout}\n${stderr}`.split('\n').find((one) => one.startsWith('{'));
    if (line === undefined) return `it said nothing that could be read: ${`${stdout}${stderr}`.trim().slice(-500)}`;
    return whatIsMissing(JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Record<string, unknown>} said */
function whatIsMissing(said) {
  if (said['failed'] !== undefined) return String(said['failed']);
  for (const [topic, parts] of Object.entries(WANTED)) {
    const own = said[topic];
    const shown = (Array.isArray(own) ? own : [own]).join('\n');
    const missing = parts.find((part) => !shown.includes(part));
    if (missing !== undefined) return `${topic} without “${missing}”: ${shown}`;
  }
  return undefined;
}

/**
 * The block of the page in that language, with this checkout in the place of the folder it names.
 * @param {string} language
 */
function recipe(language) {
  const page = readFileSync(join(ROOT, 'docs/EDITORS.md'), 'utf8');
  const block = new RegExp(`\`\`\`${language}\n(.*?)\n\`\`\``, 's').exec(page)?.[1];
  if (block === undefined) throw new Error(`docs/EDITORS.md has no block of ${language}`);
  return block.replaceAll('/opt/rbdcache', ROOT);
}
