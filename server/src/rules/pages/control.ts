import type { RulePage } from './page.js';

export const CONTROL_PAGES: Readonly<Record<string, RulePage>> = {
  'unused-disable': {
    what:
      'A comment `rbdcache-disable…` names a rule that finds nothing at its place, or a rule that there is not. It turns nothing off today, and would hide ' +
      'the finding when it comes back one day.',
    releases: 'What a rule finds depends on the releases in force; the message names them.',
    why:
      'Such comments outlive what they were written for: the drive was mended, the release changed, or the name is misspelt. Nothing is said of a rule that the ' +
      'settings turn off, nor of one whose answer depends on files or drives that are not in view.',
    fix: 'Take the name out of the comment, or the comment out of the file; the quick fix does. For a misspelt name it writes the right one.',
    example: {
      qemu: '7.2',
      librbd: '16.2',
      before: [
        {
          name: 'vm1.qemu-args',
          text: [
            '# rbdcache-disable-next-line drive-format-probed',
            'qemu-system-x86_64 -drive file=rbd:volumes/vm1:id=vm1,format=raw,if=virtio,cache=writeback\n',
          ].join('\n'),
        },
      ],
      after: [
        {
          name: 'vm1.qemu-args',
          text: 'qemu-system-x86_64 -drive file=rbd:volumes/vm1:id=vm1,format=raw,if=virtio,cache=writeback\n',
        },
      ],
    },
    evidence: ['The other rules’ own answers, asked without the comment.'],
  },
};
