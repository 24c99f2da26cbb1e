import type { Harmless } from './harmless.js';

const conf = (about: string, text: string, more: Partial<Harmless> = {}): Harmless => ({
  about,
  name: 'etc/ceph/ceph.conf',
  text,
  ...more,
});

/** Release 15.2 brought the parser that refuses a whole file: what is written since then suits both. */
export const HARMLESS_CONFS: readonly Harmless[] = [
  conf(
    'cephadm: the minimal file of a host',
    `# minimal ceph.conf for 4b1c6f1e-9f0e-11ee-8c90-0242ac120002
[global]
	fsid = 4b1c6f1e-9f0e-11ee-8c90-0242ac120002
	mon_host = [v2:192.0.2.11:3300/0,v1:192.0.2.11:6789/0] [v2:192.0.2.12:3300/0,v1:192.0.2.12:6789/0] [v2:192.0.2.13:3300/0,v1:192.0.2.13:6789/0]
`,
    { librbd: ['14.2', '20.2'] },
  ),
  conf(
    'ceph-deploy: a first file, with the old keys of authentication',
    `[global]
fsid = a7f64266-0894-4f1e-a635-d0aeaca0e993
mon_initial_members = node1, node2, node3
mon_host = 192.0.2.21,192.0.2.22,192.0.2.23
auth_cluster_required = cephx
auth_service_required = cephx
auth_client_required = cephx
osd_pool_default_size = 2
public_network = 192.0.2.0/24
`,
    { librbd: ['0.61', '20.2'] },
  ),
  conf(
    'ceph-deploy of 2014: filestore keys that are daemons’ own',
    `[global]
auth_service_required = cephx
filestore_xattr_use_omap = true
auth_client_required = cephx
auth_cluster_required = cephx
mon_host = 192.0.2.31
mon_initial_members = mon-a
fsid = 0b9b4f8c-1a4e-4f39-9c2c-0f1d8b9e2e11

[osd]
osd journal size = 1024
osd mkfs type = xfs
osd mount options xfs = rw,noatime,inode64

[mon.a]
	host = mon-a
	mon addr = 192.0.2.31:6789
`,
    { librbd: ['0.61', '12.2'], informs: ['conf-option-not-in-release'] },
  ),
  conf(
    'ceph-ansible: what its template leaves on a client',
    `# Written by the deployment; changes made by hand do not last.
[client.libvirt]
admin socket = /var/run/ceph/$cluster-$type.$id.$pid.$cctid.asok
log file = /var/log/ceph/qemu-guest-$pid.log

[global]
cluster network = 198.51.100.0/24
fsid = 2a3a1e0c-6f3f-4d0b-8f7e-6a6a4a9b8f10
mon host = [v2:192.0.2.41:3300,v1:192.0.2.41:6789],[v2:192.0.2.42:3300,v1:192.0.2.42:6789]
mon initial members = mon1,mon2
osd pool default crush rule = -1
public network = 192.0.2.0/24


[osd]
osd memory target = 4294967296
`,
    { librbd: ['14.2', '20.2'] },
  ),
  conf(
    'Rook: keys with underscores, addresses in brackets, a section of the admin',
    `[global]
mon_host = [v2:203.0.113.5:3300,v1:203.0.113.5:6789],[v2:203.0.113.6:3300,v1:203.0.113.6:6789]
fsid = 9b1f3b27-0f1b-4a59-9a3c-4b9c0a6b2f44

[client.admin]
keyring = /etc/ceph/keyring
`,
    { librbd: ['14.2', '20.2'] },
  ),
  conf(
    'Proxmox VE: the cluster’s shared file',
    `[global]
	 auth_client_required = cephx
	 auth_cluster_required = cephx
	 auth_service_required = cephx
	 cluster_network = 198.51.100.0/24
	 fsid = 5a4d3d2a-26d2-4d06-9f8e-1d5f9e1a7c33
	 mon_allow_pool_delete = true
	 mon_host = 198.51.100.11 198.51.100.12 198.51.100.13
	 ms_bind_ipv4 = true
	 ms_bind_ipv6 = false
	 osd_pool_default_min_size = 2
	 osd_pool_default_size = 3
	 public_network = 198.51.100.0/24

[client]
	 keyring = /etc/pve/priv/$cluster.$name.keyring

[client.crash]
	 keyring = /etc/pve/ceph/$cluster.$name.keyring

[mds]
	 keyring = /var/lib/ceph/mds/ceph-$id/keyring

[mds.pve1]
	 host = pve1
	 mds_standby_for_name = pve

[mon.pve1]
	 public_addr = 198.51.100.11
`,
    { librbd: ['14.2', '20.2'], vendor: 'proxmox', informs: ['conf-option-not-in-release'] },
  ),
  conf(
    'the manual’s advice for OpenStack hosts',
    `[global]
fsid = 6f1b0c1b-60e2-4a53-8a0c-2e2c6bb81a6e
mon host = 192.0.2.51,192.0.2.52,192.0.2.53

[client]
rbd cache = true
rbd cache writethrough until flush = true
admin socket = /var/run/ceph/guests/$cluster-$type.$id.$pid.$cctid.asok
log file = /var/log/qemu/qemu-guest-$pid.log
rbd concurrent management ops = 20
`,
    { librbd: ['0.94', '20.2'] },
  ),
  conf(
    'comments in every place that the grammar has for them, in several languages',
    `# Fichier partagé — nicht von Hand ändern — 请勿手动编辑
; the other sign of a comment

[global]                          # behind a section
fsid = 3a9c5a1e-91a8-4c4a-9c1b-5a5f0e6b6a11   ; behind a value
mon_host = 192.0.2.61             # 一号监视器
# rbd cache = false
#[client]
	; indented, with a sign = in it

[client]
rbd_cache_size = 67108864         # 64 MiB
rbd_cache_max_dirty = 50331648
rbd_cache_target_dirty = 33554432
rbd_cache_policy = writeback
`,
    { librbd: ['15.2', '20.2'] },
  ),
  conf(
    'sizes and switches as people write them, each read by these releases',
    `[client]
rbd cache = True
rbd cache size = 134217728
rbd cache max dirty = 100663296
rbd cache target dirty = 67108864
rbd cache max dirty age = 2.0
rbd_readahead_disable_after_bytes = 0
rbd default features = 61
`,
    { librbd: ['0.94', '14.2'] },
  ),
  conf(
    'daemons’ sections, private keys of deploy tools, keys of the manager’s modules',
    `[global]
fsid = 1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9
cluster = ceph
user = root
mon_host = 192.0.2.71

[mgr]
mgr/dashboard/server_addr = 192.0.2.71
mgr modules = dashboard

[osd]
devs = /dev/sdb
osd_max_backfills = 1
osd mkfs options xfs = -f -i size=2048

[osd.0]
host = osd-a
public addr = 192.0.2.72

[client.rgw.a]
host = gateway
rgw frontends = beast port=7480
keyring = /var/lib/ceph/radosgw/ceph-rgw.a/keyring
`,
    { informs: ['conf-option-not-in-release'] },
  ),
  conf(
    'a file that ends in a comment without a line end',
    `[global]
mon_host = 192.0.2.81
# the end`,
  ),
  conf('an empty file', ''),
  conf('Windows line ends', '[global]\r\nmon_host = 192.0.2.82\r\nfsid = 1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9\r\n'),
  conf(
    'a joined line, as both grammars have it',
    `[global]
mon_host = 192.0.2.91,\\
192.0.2.92
`,
  ),
  conf(
    'cinder’s and glance’s clients beside one another',
    `[global]
fsid = 1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9
mon_host = 192.0.2.95

[client.glance]
keyring = /etc/ceph/ceph.client.glance.keyring

[client.cinder]
keyring = /etc/ceph/ceph.client.cinder.keyring
`,
  ),
  ...[
    [
      'collectd',
      'LoadPlugin ceph\n<Plugin ceph>\n  <Daemon "osd.0">\n    SocketPath "/var/run/ceph/ceph-osd.0.asok"\n  </Daemon>\n</Plugin>\n',
    ],
    [
      'Zabbix',
      'UserParameter=ceph.health,/usr/bin/ceph health\nUserParameter=ceph.osd.up,ceph osd stat | cut -d" " -f3\n',
    ],
    ['JSON', '{\n  "global": { "mon_host": "192.0.2.1" }\n}\n'],
    ['shell variables', 'CLUSTER=ceph\nCEPH_ARGS=""\nexport MON_HOST="192.0.2.1"\n'],
    ['nginx', 'server {\n  listen 80;\n  location / { proxy_pass http://rgw; }\n}\n'],
    ['a note', 'The settings of the storage have moved to the wiki.\n'],
  ].map(([kind, text = '']) => conf(`a file of another program under this name: ${kind}`, text)),
];
