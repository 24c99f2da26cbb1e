import { expect, test } from 'vitest';
import { cephRelease } from '../../server/src/catalog/releases.js';
import { NO_SURROUNDINGS } from '../../server/src/features/no-surroundings.js';
import { createCluster } from '../../server/src/simulate/librados/cluster.js';
import { openConfig } from '../../server/src/simulate/librbd/open-config.js';
import { parseConfigDump } from '../../server/src/syntax/cluster-settings/config-dump.js';

test.each([
  {
    about: 'a more specific section counts',
    dump: [
      'global  advanced rbd_cache_size 1',
      'client.a  advanced rbd_cache_size 3',
      'client  advanced rbd_cache_size 2',
    ],
    size: '3',
  },
  {
    about: 'of one section the statement for this host counts, wherever it stands',
    dump: ['client host:node1 advanced rbd_cache_size 1', 'client  advanced rbd_cache_size 2'],
    size: '1',
  },
  {
    about: 'of one section the statement for this host counts, also behind the other',
    dump: ['client  advanced rbd_cache_size 2', 'client host:node1 advanced rbd_cache_size 1'],
    size: '1',
  },
  {
    about: 'what is for another host, or another kind of place, counts for nothing',
    dump: ['client host:node2 advanced rbd_cache_size 1', 'client rack:r1 advanced rbd_cache_size 2'],
    size: '33554432',
  },
  {
    about: 'a statement for this host outlasts the next section where the two are neighbours',
    dump: ['global host:node1 advanced rbd_cache_size 1', 'client  advanced rbd_cache_size 2'],
    size: '1',
  },
  {
    about: 'and not where another option stands between them',
    dump: [
      'global host:node1 advanced rbd_cache_size 1',
      'global  advanced rbd_cache_target_dirty 5',
      'client  advanced rbd_cache_size 2',
    ],
    size: '2',
  },
])('the monitors: $about', ({ dump, size }) => {
  const release = cephRelease('18.2');
  if (release === undefined) throw new Error('18.2 is not known');
  const cluster = createCluster({ release, ...NO_SURROUNDINGS }, 'a');
  const settings = {
    ofMonitors: parseConfigDump(dump.join('\n')).values,
    ofPool: () => null,
    ofImage: () => null,
  };
  const image = { pool: 'p', namespace: '', image: 'i', snapshot: null, user: 'a' };
  expect(openConfig(release, cluster, image, settings, 'node1').get('rbd_cache_size')).toBe(size);
});
