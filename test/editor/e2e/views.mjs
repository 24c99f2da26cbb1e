/** Each view once more for the eye, in every kind of theme: the pictures lie in out/e2e afterwards. */

/** Name, the window's class, and how its pictures are called. */
const THEMES = /** @type {const} */ ([
  ['Light Modern', 'vs', 'light'],
  ['Dark Modern', 'vs-dark', 'dark'],
  ['Dark High Contrast', 'hc-black', 'high-contrast'],
  ['Light High Contrast', 'hc-light', 'high-contrast-light'],
]);
const PATIENCE = { timeout: 120_000 };
const DRIVES = 'nova.qemu-args';

/**
 * How a view is brought up, and taken away again.
 * @typedef {object} View
 * @property {string} name
 * @property {(workbench: import('./workbench.mjs').Workbench) => Promise<void>} open
 * @property {(workbench: import('./workbench.mjs').Workbench) => Promise<void>} [close]
 */

/** @param {import('./workbench.mjs').Workbench} workbench */
const closeEditor = (workbench) => workbench.run('View: Close Editor');

/** @type {readonly View[]} */
export const VIEWS = [
  {
    name: 'conf',
    open: async (workbench) => {
      await workbench.open('ceph.conf');
      await workbench.waitForText(/rbd[ _]cache/);
    },
  },
  {
    name: 'completion',
    open: async (workbench) => {
      await workbench.page.keyboard.press('Control+End');
      await workbench.complete('rbd_ca');
    },
    close: async ({ page }) => {
      await page.keyboard.press('Escape');
      for (let i = 0; i < 6; i++) await page.keyboard.press('Backspace');
    },
  },
  {
    name: 'drives',
    open: async (workbench) => {
      await workbench.open(DRIVES);
      await workbench.lens('RBDCache on · ');
    },
  },
  {
    name: 'explanation',
    open: async (workbench) => {
      await workbench.run('RBDCache: Explain This Disk');
      await workbench.tab('Explanation');
      await workbench.line(/What.a.crash.costs/);
    },
    close: closeEditor,
  },
  {
    name: 'what-if',
    open: async (workbench) => {
      await workbench.run('RBDCache: What If');
      await workbench.pick('What if', 'cache=unsafe');
      await workbench.tab('What if cache=unsafe');
      await workbench.line(/What.a.crash.costs/);
    },
    close: closeEditor,
  },
  {
    name: 'upgrade',
    open: async (workbench) => {
      await workbench.run('RBDCache: Compare Releases');
      await workbench.pick('release of QEMU', '9.2');
      await workbench.pick('release of librbd', '18.2');
      await workbench.tab('What changes with');
      await workbench.line(/Then/);
    },
    close: closeEditor,
  },
  {
    name: 'walkthrough',
    open: async (workbench) => {
      await workbench.run('RBDCache: Open Walkthrough');
      await workbench.walkthrough().picture.waitFor(PATIENCE);
    },
    close: closeEditor,
  },
  {
    name: 'fixes',
    open: async (workbench) => {
      await workbench.open('start-vms.sh');
      await workbench.openFixes('error', /Quote the argument/);
    },
    close: (workbench) => workbench.dismiss(),
  },
];

/**
 * @param {readonly View[]} views
 * @returns {(scene: import('./steps.mjs').Scene) => Promise<void>}
 */
export function inEveryTheme(views) {
  return async ({ workbench, photograph }) => {
    for (const [theme, look, themeName] of THEMES) {
      await workbench.useTheme(theme, look);
      for (const { name, open, close } of views) {
        await open(workbench);
        await workbench.page.mouse.move(4, 4);
        await photograph(`${name}-${themeName}`);
        await close?.(workbench);
      }
    }
    await workbench.useTheme('Dark Modern', 'vs-dark');
  };
}
