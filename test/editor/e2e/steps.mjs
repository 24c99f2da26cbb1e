/** What the user of the end-to-end test does, in order, and what the window has to say each time. */
import { strict as assert } from 'node:assert';
import { inEveryTheme, VIEWS } from './views.mjs';

/**
 * @typedef {object} Scene
 * @property {import('./workbench.mjs').Workbench} workbench
 * @property {(name: string) => Promise<void>} photograph takes a picture for whoever looks at the test: out/e2e/NAME.png
 */

const DRIVES = 'nova.qemu-args';
const SCRIPT = 'start-vms.sh';
const RBD_DRIVE = 'volume-512c91d8';

/** @type {readonly (readonly [name: string, action: (scene: Scene) => Promise<void>])[]} */
export const STEPS = [
  [
    'the samples open',
    async ({ workbench }) => {
      await workbench.ready();
      await workbench.open(DRIVES);
    },
  ],
  [
    'the status item shows the pair of releases in force',
    async ({ workbench }) => {
      await workbench.statusBecomes(/QEMU 2\.2 · librbd 0\.87/);
    },
  ],
  [
    'an inlay hint at the drive says the outcome',
    async ({ workbench }) => {
      await workbench.waitForText(/→ on, write-through until flush/);
    },
  ],
  [
    'the hover of the drive begins with the answer for that pair',
    async ({ workbench, photograph }) => {
      const hover = await workbench.hover(RBD_DRIVE, /RBDCache on/);
      assert.match(
        firstLine(hover),
        /^RBDCache on, write-through until the guest's first flush — QEMU 2\.2, librbd 0\.87/,
      );
      await photograph('hover');
      await workbench.dismiss();
    },
  ],
  [
    'another librbd, picked from the status item, changes the answer at once',
    async ({ workbench, photograph }) => {
      await workbench.openReleases();
      await workbench.pick('QEMU', '2.2, 2014');
      await photograph('release');
      await workbench.pick('librbd', '0.80 Firefly, 2014');
      await workbench.statusBecomes(/QEMU 2\.2 · librbd 0\.80/);
      const hover = await workbench.hover(RBD_DRIVE, /librbd 0\.80/);
      assert.match(firstLine(hover), /^RBDCache on, .*QEMU 2\.2, librbd 0\.80/);
      await workbench.dismiss();
    },
  ],
  [
    'the matrix shows who wins for each pair of releases, and the ladder who decides',
    async ({ workbench }) => {
      await workbench.run('RBDCache: Show Who Wins');
      const panel = workbench.whoWins();
      await workbench.says(panel.inForce, /on, write-through until flush.*in force/);
      await workbench.says(panel.headline, /^RBDCache on, .*QEMU 2\.2, librbd 0\.80/);
      await workbench.says(panel.winner, /File.*true.*wins.*ceph\.conf/);
      const policy = await panel.policy.getAttribute('content');
      assert.match(policy ?? '', /^default-src 'none'; style-src [^;]+; script-src 'nonce-[\w-]{20,}'$/);
      assert.equal(await panel.inline.count(), 0);
    },
  ],
  [
    'with the keyboard: arrows move, Enter explains, a button puts the pair in force',
    async ({ workbench }) => {
      const panel = workbench.whoWins();
      await panel.inForce.focus();
      await workbench.page.keyboard.press('ArrowDown');
      await workbench.says(panel.focused, /cache=writeback/);
      await workbench.page.keyboard.press('Enter');
      await workbench.says(panel.headline, /QEMU 2\.6, librbd 0\.80/);
      await workbench.says(panel.winner, /Set by QEMU/);
      await panel.button('Use this pair').click();
      await workbench.says(panel.inForce, /cache=writeback/);
      await workbench.waitForText(/rbdcache: qemu=2\.6 librbd=0\.80/);
    },
  ],
  [
    'the panel looks right in every kind of theme, wide and narrow',
    async (scene) => {
      const { workbench, photograph } = scene;
      const panel = workbench.whoWins();
      await photograph('who-wins-narrow');
      await workbench.run('View: Maximize Editor Group');
      await inEveryTheme([{ name: 'who-wins', open: () => panel.title.scrollIntoViewIfNeeded() }])(scene);
      await workbench.run('View: Close Editor');
    },
  ],
  ['all other views look right in every kind of theme, too', inEveryTheme(VIEWS)],
  [
    'in a shell script a finding is underlined, and the Problems panel names its rule',
    async ({ workbench }) => {
      await workbench.open(SCRIPT);
      await workbench.squiggle('error');
      assert.match(await workbench.problems(), /drive-shell-eats-backslash/);
    },
  ],
  [
    'a quick fix is taken, and its finding goes away',
    async ({ workbench, photograph }) => {
      await workbench.openFixes('error', /Quote the argument/);
      await photograph('quick-fix');
      await workbench.takeFix(/Quote the argument/);
      await workbench.noSquiggle('error');
      await workbench.noProblem(/drive-shell-eats-backslash/);
    },
  ],
  [
    'nothing popped up on the way',
    async ({ workbench }) => {
      assert.deepEqual(await workbench.notifications(), []);
    },
  ],
];

/** @param {string} text */
function firstLine(text) {
  return text.split('\n')[0] ?? '';
}
