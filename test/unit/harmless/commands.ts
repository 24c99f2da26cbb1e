import type { Harmless } from './harmless.js';

const args = (about: string, text: string, more: Partial<Harmless> = {}): Harmless => ({
  about,
  name: 'guest.qemu-args',
  text,
  ...more,
});
const script = (about: string, text: string, more: Partial<Harmless> = {}): Harmless => ({
  about,
  name: 'start.sh',
  text,
  ...more,
});

/** What each of these hosts has at /etc/ceph. */
const HOST = {
  'etc/ceph/ceph.conf':
    '[global]\nmon_host = 192.0.2.11,192.0.2.12,192.0.2.13\n\n[client]\nrbd_cache_writethrough_until_flush = true\n',
};

export const HARMLESS_COMMANDS: readonly Harmless[] = [
  args(
    'libvirt, era of -drive: the secret in an object, escaped addresses, a line for each option',
    String.raw`LC_ALL=C PATH=/usr/bin HOME=/var/lib/libvirt/qemu/domain-7-web QEMU_AUDIO_DRV=none \
/usr/bin/qemu-system-x86_64 \
-name guest=web,debug-threads=on \
-S \
-object secret,id=masterKey0,format=raw,file=/var/lib/libvirt/qemu/domain-7-web/master-key.aes \
-machine pc-i440fx-2.11,accel=kvm,usb=off,dump-guest-core=off \
-m 2048 \
-nodefaults \
-object secret,id=virtio-disk0-secret0,data=q0hXm4Qk1Zp5oWlq0e7y2w==,keyid=masterKey0,iv=AAECAwQFBgcICQoLDA0ODw==,format=base64 \
-drive 'file=rbd:vms/web_disk:id=cinder:auth_supported=cephx\;none:mon_host=192.0.2.11\:6789\;192.0.2.12\:6789\;192.0.2.13\:6789,file.password-secret=virtio-disk0-secret0,format=raw,if=none,id=drive-virtio-disk0,cache=writeback,discard=unmap' \
-device virtio-blk-pci,scsi=off,bus=pci.0,addr=0x4,drive=drive-virtio-disk0,id=virtio-disk0,bootindex=1,write-cache=on \
-msg timestamp=on
`,
    { qemu: ['2.11', '4.2'], librbd: ['10.2', '18.2'], beside: HOST },
  ),
  args(
    'libvirt, era of -drive: as its log quotes it, addresses without a port',
    String.raw`/usr/bin/kvm -S -M pc-1.2 -m 1024 -drive file=rbd:pool/guest:auth_supported=none:mon_host=192.0.2.11\;192.0.2.12,if=none,id=drive-virtio-disk0,format=raw,cache=none -device virtio-blk-pci,bus=pci.0,addr=0x5,drive=drive-virtio-disk0,id=virtio-disk0
`,
    { qemu: ['1.2', '4.2'], librbd: ['0.94', '18.2'] },
  ),
  args(
    'libvirt, era of -blockdev: a format node over a storage node',
    String.raw`/usr/bin/qemu-system-x86_64 \
-name guest=web,debug-threads=on \
-object '{"qom-type":"secret","id":"masterKey0","format":"raw","file":"/var/lib/libvirt/qemu/domain-3-web/master-key.aes"}' \
-machine pc-q35-8.2,usb=off,dump-guest-core=off,memory-backend=pc.ram \
-object '{"qom-type":"secret","id":"libvirt-1-storage-auth-secret0","data":"q0hXm4Qk1Zp5oWlq0e7y2w==","keyid":"masterKey0","iv":"AAECAwQFBgcICQoLDA0ODw==","format":"base64"}' \
-blockdev '{"driver":"rbd","pool":"vms","image":"web_disk","server":[{"host":"192.0.2.11","port":"6789"},{"host":"192.0.2.12","port":"6789"},{"host":"192.0.2.13","port":"6789"}],"user":"cinder","auth-client-required":["cephx","none"],"key-secret":"libvirt-1-storage-auth-secret0","node-name":"libvirt-1-storage","cache":{"direct":false,"no-flush":false},"auto-read-only":true,"discard":"unmap"}' \
-blockdev '{"node-name":"libvirt-1-format","read-only":false,"discard":"unmap","cache":{"direct":false,"no-flush":false},"driver":"raw","file":"libvirt-1-storage"}' \
-device '{"driver":"virtio-blk-pci","bus":"pci.4","addr":"0x0","drive":"libvirt-1-format","id":"virtio-disk0","bootindex":1,"write-cache":"on"}' \
-msg timestamp=on
`,
    { qemu: ['6.2', '11.1'], librbd: ['14.2', '20.2'], beside: HOST },
  ),
  args(
    'libvirt, since the format node is left out',
    String.raw`-blockdev '{"driver":"rbd","pool":"vms","image":"web_disk","conf":"/etc/ceph/ceph.conf","user":"cinder","node-name":"libvirt-1-storage","read-only":false,"cache":{"direct":true,"no-flush":false}}' \
-device '{"driver":"virtio-blk-pci","bus":"pci.0","addr":"0x3","drive":"libvirt-1-storage","id":"virtio-disk1","write-cache":"on"}'
`,
    { qemu: ['4.2', '11.1'], librbd: ['14.2', '20.2'], beside: HOST },
  ),
  args(
    'Proxmox VE up to 8: one -drive a disk, its own configuration file and keyring',
    `/usr/bin/kvm \\
  -id 101 \\
  -name 'web01,debug-threads=on' \\
  -daemonize \\
  -m 4096 \\
  -object 'iothread,id=iothread-virtioscsi0' \\
  -device 'virtio-scsi-pci,id=virtioscsi0,bus=pci.3,addr=0x1,iothread=iothread-virtioscsi0' \\
  -drive 'file=rbd:vmpool/vm-101-disk-0:conf=/etc/pve/ceph.conf:id=admin:keyring=/etc/pve/priv/ceph/vmpool.keyring,if=none,id=drive-scsi0,discard=on,format=raw,cache=none,aio=io_uring,detect-zeroes=unmap' \\
  -device 'scsi-hd,bus=virtioscsi0.0,channel=0,scsi-id=0,lun=0,drive=drive-scsi0,id=scsi0,bootindex=100'
`,
    {
      qemu: ['6.0', '9.2'],
      librbd: ['14.2', '18.2'],
      vendor: 'proxmox',
      beside: { 'etc/pve/ceph.conf': '[global]\nmon_host = 192.0.2.11\n' },
      informs: ['drive-aio-ignored'],
    },
  ),
  args(
    'nova of 2014: a keyring on the host, writeback by disk_cachemodes',
    `/usr/bin/qemu-system-x86_64 -name instance-0000002a -S -m 2048 -drive file=rbd:vms/4d2f_disk:id=nova,if=none,id=drive-virtio-disk0,format=raw,cache=writeback -device virtio-blk-pci,scsi=off,bus=pci.0,addr=0x4,drive=drive-virtio-disk0,id=virtio-disk0,bootindex=1 -drive file=/var/lib/nova/instances/4d2f/disk.config,if=none,id=drive-ide0-1-1,readonly=on,format=raw,cache=none -device ide-cd,bus=ide.1,unit=1,drive=drive-ide0-1-1,id=ide0-1-1
`,
    { qemu: ['1.2', '11.1'], librbd: ['0.94', '20.2'], beside: HOST },
  ),
  args(
    'Ganeti: dotted members of a block node',
    `/usr/bin/kvm -name web.example.org -m 1024 -blockdev driver=raw,node-name=hotdisk-1234-pci-4,discard=ignore,cache.direct=on,cache.no-flush=off,file.driver=rbd,file.pool=ganeti,file.image=32eb97b3.rbd.disk0,file.cache.direct=on -device virtio-blk-pci,id=hotdisk-1234-pci-4-dev,drive=hotdisk-1234-pci-4,bus=pci.0,addr=0x4
`,
    { qemu: ['4.0', '11.1'], librbd: ['10.2', '20.2'] },
  ),
  script(
    'a person’s script: variables for pool, image and id',
    `#!/bin/bash
set -eu
pool=\${1:-rbd}
image=$2
ID=\${CEPH_ID:-admin}
exec qemu-system-x86_64 -enable-kvm -m 2G -smp 2 \\
  -drive "file=rbd:$pool/$image:id=$ID,format=raw,if=virtio,cache=writeback" \\
  -netdev user,id=n0 -device virtio-net-pci,netdev=n0 \\
  -nographic
`,
    { qemu: ['1.2', '11.1'], librbd: ['0.94', '20.2'] },
  ),
  script(
    'the manual’s examples, a line each',
    `# copy an image into a pool, look at it, start from it
qemu-img convert -f qcow2 -O raw debian.qcow2 rbd:data/squeeze
qemu-img info rbd:data/squeeze
qemu-system-x86_64 -m 1024 -drive format=raw,file=rbd:data/squeeze
qemu-system-x86_64 -m 1024 -drive format=raw,file=rbd:data/squeeze:id=glance:conf=/etc/ceph/ceph.conf,cache=writeback
`,
    { qemu: ['1.2', '11.1'], librbd: ['0.94', '20.2'], beside: HOST, informs: ['cache-unsafe-by-default'] },
  ),
  script(
    'other commands that hold the same words',
    String.raw`grep -q -- '-drive file=rbd:abc/def:mon_host=192.0.2.1\\:6789' "$log" || fail
echo "usage: $0 rbd:<pool>/<image>"
rbd -p "$POOL" ls | while read -r name; do echo "rbd:$POOL/$name:rbd_cache=false"; done
virsh qemu-monitor-command "$guest" --hmp "drive_add 0 file=rbd:vms/$disk,if=none"
cat <<END
  -drive file=rbd:<pool>/<image>:id=<user>
END
# qemu-system-x86_64 -drive file=rbd:a/b:key=none
`,
  ),
  script(
    'templates: the parts that a deployment fills in',
    `qemu-system-x86_64 -drive file=rbd:{{ pool }}/{{ image }}:id={{ user }},format=raw,if=virtio,cache=writeback
qemu-system-x86_64 -drive file=rbd:@POOL@/@IMAGE@,format=raw,cache=writeback
`,
    { qemu: ['2.4', '5.2'], librbd: ['14.2', '18.2'] },
  ),
  script(
    'quotes of every kind around one drive',
    String.raw`qemu-system-x86_64 -drive 'file=rbd:vms/a:mon_host=192.0.2.1\:6789,format=raw,cache=writeback'
qemu-system-x86_64 -drive "file=rbd:vms/b:mon_host=192.0.2.1\\:6789,format=raw,cache=writeback"
qemu-system-x86_64 -drive file=rbd:vms/c:mon_host=192.0.2.1\\:6789,format=raw,cache=writeback
`,
    { qemu: ['2.4', '11.1'], librbd: ['14.2', '18.2'] },
  ),
  script(
    'a snapshot, a namespace, a read-only disk',
    `qemu-system-x86_64 -drive file=rbd:vms/base@golden,format=raw,readonly=on,if=virtio
qemu-system-x86_64 -drive file=rbd:vms/tenant/disk,format=raw,cache=writeback,if=virtio
`,
    { qemu: ['5.0', '11.1'], librbd: ['14.2', '20.2'] },
  ),
  script(
    'drives that are no RBD drives at all, with options of their own',
    `qemu-system-x86_64 -drive file=/var/lib/guest.qcow2,format=qcow2,cache=unsafe,aio=native,cache.direct=on
qemu-system-x86_64 -hda "$IMAGE" -cdrom installer.iso
qemu-system-x86_64 -drive file=iscsi://192.0.2.9/iqn.2010-01.org:target/0,format=raw,cache=none
`,
    { qemu: ['2.4', '11.1'] },
  ),
];
