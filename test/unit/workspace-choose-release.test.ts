import { describe, expect, test } from 'vitest';
import { Workspace } from '../../server/src/workspace/analysis.js';
import { type ReleaseMember, releaseEdit } from '../../server/src/workspace/choose-release.js';
import { MemoryFileAccess } from '../../server/src/workspace/memory-file-access.js';

const FOLDER = 'file:///w';
const DOCUMENT = `${FOLDER}/vm.qemu`;
const RC_FILE = `${FOLDER}/.rbdcacherc`;
const COMMAND = 'qemu-system-x86_64 -drive file=rbd:p/i,format=raw\n';

/** The document, with an `.rbdcacherc` above it where there is one; the text that was edited, afterwards. */
function choose(document: string, rcFile: string | null, member: ReleaseMember, version: string | null): string | null {
  const files = { [DOCUMENT]: document, ...(rcFile !== null && { [RC_FILE]: rcFile }) };
  const workspace = new Workspace({ files: new MemoryFileAccess(files), log: () => undefined });
  workspace.setFolders([FOLDER]);
  workspace.setDocument(DOCUMENT, 'qemu-cmdline', document);
  const analysis = workspace.analyse(DOCUMENT);
  if (analysis === null) throw new Error('the document was not analysed');
  const edit = releaseEdit(analysis, member, version, (address) => workspace.texts.read(address));
  if (edit === null) return null;
  const text = edit.address === RC_FILE ? (rcFile ?? '') : document;
  return text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
}

describe('a comment in the document', () => {
  const rows: readonly (readonly [before: string, ReleaseMember, version: string | null, after: string])[] = [
    ['# rbdcache: qemu=2.2 librbd=0.87\n', 'qemu', '2.4', '# rbdcache: qemu=2.4 librbd=0.87\n'],
    ['# rbdcache: qemu=2.2 librbd=0.87\n', 'librbd', '14.2', '# rbdcache: qemu=2.2 librbd=14.2\n'],
    ['# rbdcache: qemu="2.2" librbd=0.87\n', 'qemu', '2.4', '# rbdcache: qemu="2.4" librbd=0.87\n'],
    ['# rbdcache: qemu=2.2 librbd=0.87\n', 'qemu', null, '# rbdcache: librbd=0.87\n'],
    ['# rbdcache: qemu="2.2" librbd=0.87\n', 'qemu', null, '# rbdcache: librbd=0.87\n'],
  ];
  test.each(rows)('%j, %s → %s', (before, member, version, after) => {
    expect(choose(before + COMMAND, null, member, version)).toBe(after + COMMAND);
  });

  test('that does not speak of the program leaves it to the settings', () => {
    expect(choose(`# rbdcache: qemu=2.2\n${COMMAND}`, null, 'librbd', '0.87')).toBeNull();
  });
});

describe('an .rbdcacherc above the document', () => {
  const rows: readonly (readonly [before: string, ReleaseMember, version: string | null, after: string])[] = [
    ['[releases]\nqemu = 2.2\n', 'qemu', '2.4', '[releases]\nqemu = 2.4\n'],
    ['[releases]\r\nqemu=2.2\r\nlibrbd=0.87', 'librbd', '14.2', '[releases]\r\nqemu=2.2\r\nlibrbd = 14.2'],
    ['[releases]\nqemu = 2.2\nlibrbd = Giant\n', 'qemu', null, '[releases]\nlibrbd = Giant\n'],
    ['[releases]\nqemu = 2.1\n [files]\nqemu = 2.2\n', 'qemu', '2.4', '[releases]\nqemu = 2.1\n [files]\nqemu = 2.4\n'],
    ['[releases]\nqemu = 2.1\nqemu = 2.2\n', 'qemu', '2.4', '[releases]\nqemu = 2.1\nqemu = 2.4\n'],
  ];
  test.each(rows)('%j, %s → %s', (before, member, version, after) => {
    expect(choose(COMMAND, before, member, version)).toBe(after);
  });

  test('loses against the comment', () => {
    const document = `# rbdcache: qemu=2.2\n${COMMAND}`;
    expect(choose(document, '[releases]\nqemu = 2.0\n', 'qemu', '2.4')).toBe(`# rbdcache: qemu=2.4\n${COMMAND}`);
  });
});

test('where nothing is said, the settings decide', () => {
  expect(choose(COMMAND, null, 'qemu', '2.4')).toBeNull();
});
