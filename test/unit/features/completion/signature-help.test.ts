import { describe, expect, test } from 'vitest';
import { signatureAt } from '../../../../server/src/features/signature-help.js';
import { CARET } from '../../../caret.js';
import { type Kind, Stage } from './harness.js';

interface Case {
  readonly pair?: string;
  readonly kind?: Kind;
  readonly text: string;
  /** The label with the active part in `⟦…⟧`; null: nothing is shown. */
  readonly shows: string | null;
  /** Part of what is said of the active part. */
  readonly says?: RegExp;
}

function shown({ pair = '7.2 17.2', kind = 'args', text }: Case) {
  const caret = text.indexOf(CARET);
  const view = signatureAt(new Stage(pair).analyse(kind, text.replace(CARET, '')), caret);
  if (view === null) return { label: null, says: '' };
  const active = view.active === null ? undefined : view.parameters[view.active];
  if (active === undefined) return { label: view.label, says: '' };
  const { start, end, documentation } = active;
  const label = `${view.label.slice(0, start)}⟦${view.label.slice(start, end)}⟧${view.label.slice(end)}`;
  return { label, says: documentation };
}

const NAME = 'rbd:POOL/[NAMESPACE/]IMAGE[@SNAPSHOT][:KEY=VALUE…]';
const at = (part: string): string => NAME.replace(part, `⟦${part}⟧`);

describe('signature help', () => {
  test.each<Case>([
    { text: 'qemu-kvm -drive file=rbd:vo‸', shows: at('POOL'), says: /pool/ },
    { text: 'qemu-kvm -drive file=rbd:volumes/v‸,if=none', shows: at('[NAMESPACE/]IMAGE'), says: /image/ },
    { text: 'qemu-kvm -drive file=rbd:volumes/v@s‸,if=none', shows: at('SNAPSHOT'), says: /read-only/ },
    { text: 'qemu-kvm -drive file=rbd:volumes/v:i‸,if=none', shows: at('KEY') },
    { text: 'qemu-kvm -drive file=rbd:volumes/v:id=‸,if=none', shows: at('VALUE'), says: /client id/ },
    { text: 'qemu-kvm -drive file=rbd:volumes/v:rbd_cache=‸', shows: at('VALUE'), says: /default `true`/ },
    { text: 'qemu-kvm -drive file=rbd:p/v:mon_host=a\\:1‸', shows: at('VALUE') },
    { kind: 'script', text: "qemu-kvm -drive 'file=rbd:p/v:mon_host=a\\:1‸'", shows: at('VALUE') },
    { pair: '2.2 0.87', text: 'qemu-kvm -drive file=rbd:p/v‸', shows: 'rbd:POOL/⟦IMAGE⟧[@SNAPSHOT][:KEY=VALUE…]' },
    { pair: '0.14 0.48', text: 'qemu-kvm -drive file=rbd:p/v‸', shows: 'rbd:POOL/⟦IMAGE⟧[@SNAPSHOT]' },
    { text: 'qemu-kvm -hda rbd:p/v‸', shows: at('[NAMESPACE/]IMAGE') },
    {
      text: 'qemu-kvm -drive file=rbd:p/v,cache=‸',
      shows:
        'file=…,if=…,id=…,format=…,⟦cache=none|off|writethrough|writeback|unsafe|directsync⟧,discard=…,detect-zeroes=…,read-only=…',
      says: /three switches/,
    },
    {
      pair: '1.1 0.61',
      text: 'qemu-kvm -drive file=rbd:p/v,aio=‸',
      shows: 'file=…,if=…,id=…,format=…,cache=…,⟦aio=threads|native⟧',
      says: /means nothing for rbd/,
    },
    {
      text: 'qemu-kvm -blockdev driver=rbd,node-name=n,pool=‸',
      shows: 'driver=…,node-name=…,⟦pool=…⟧,image=…,[namespace=…],[user=…],[conf=…],[key-secret=…]',
      says: /pool/,
    },
    {
      text: 'qemu-kvm -blockdev driver=rbd,node-name=n,cache.direct=‸',
      shows: '[⟦cache.direct=on|off⟧],[cache.no-flush=…]'.replace('[⟦', '⟦[').replace('⟧]', ']⟧'),
      says: /RBDCache off/,
    },
    {
      text: 'qemu-kvm -object secret,id=k,‸',
      shows: 'qom-type=…,id=…,[file=…],[data=…],[format=…],[keyid=…],[iv=…]',
    },
    { pair: '2.2 0.87', text: 'qemu-kvm -blockdev driver=rbd,‸', shows: null },
    { kind: 'script', text: `qemu-kvm -blockdev '{"driver":"‸"}'`, shows: null },
    { text: 'qemu-kvm -name x‸', shows: null },
    { text: 'qemu-kvm -dri‸ve file=rbd:p/i', shows: null },
    { kind: 'script', text: '# -drive file=rbd:p/i‸\nqemu-kvm', shows: null },
    { kind: 'conf', text: '[global]\nrbd cache = ‸\n', shows: null },
  ])('$text', (each) => {
    const { label, says } = shown(each);
    expect(label).toBe(each.shows);
    if (each.says !== undefined) expect(says).toMatch(each.says);
  });
});
