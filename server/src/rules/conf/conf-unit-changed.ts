import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import { type CephRelease, cephRelease } from '../../catalog/releases.js';
import { readValue } from '../../simulate/librados/values.js';
import type { ConfRule } from '../rule.js';
import { isClientOption } from '../support/client-options.js';
import { confIndex, WITH_UNIT } from '../support/conf-index.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { isClientSection } from '../support/sections.js';
import { code } from '../support/shown.js';
import { roughSize } from '../support/sizes.js';

/** One release for each meaning that a unit has had. */
const READERS: readonly CephRelease[] = ['0.87.2', '12.2.7', '12.2.13', '14.2', '18.2', '20.2'].flatMap(
  (version) => cephRelease(version) ?? [],
);

export const confUnitChanged: ConfRule = {
  id: 'conf-unit-changed',
  severity: 'information',
  statement: 'A size with this unit meant another number of bytes in another release.',
  holds: { librbd: { since: '0.80.6' } },
  looksAt: 'conf',
  *check(context) {
    const release = context.releases.librbd;
    for (const { node } of confIndex(context).notable) {
      if (!WITH_UNIT.test(node.value) || !isClientSection(node.section) || !isClientOption(node.key)) continue;
      const here = bytesIn(release, node.key, node.value);
      if (here === null) continue;
      const other = READERS.map((reader) => ({ reader, bytes: bytesIn(reader, node.key, node.value) })).find(
        ({ bytes }) => bytes !== null && bytes !== here,
      );
      if (other === undefined || other.bytes === null) continue;
      yield confFinding(
        context,
        this,
        node.valueSpan,
        l10n.t(
          '{0} is {1} bytes ({2}) for {3}, but {4} bytes ({5}) for librbd {6}. Written in bytes it is the same for every release.',
          code(node.value),
          grouped(here),
          inUnits(here),
          librbd(context),
          grouped(other.bytes),
          inUnits(other.bytes),
          other.reader.label,
        ),
        {
          fixes: [
            fix(l10n.t('Write {0}', code(here.toString())), [replaceInFile(context, node.valueSpan, here.toString())], {
              preferred: true,
            }),
          ],
        },
      );
    }
  },
};

function bytesIn(release: CephRelease, key: string, written: string): bigint | null {
  const option = cephOption(release, key);
  if (option === undefined) return null;
  const read = readValue(release, option, written);
  return read.ok && typeof read.number === 'bigint' ? read.number : null;
}

function inUnits(bytes: bigint): string {
  return roughSize(Number(bytes)) ?? `${bytes} bytes`;
}

/** `67,108,864`. */
function grouped(bytes: bigint): string {
  return bytes.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}
