#!/bin/sh
# The same volume, typed into a script. In the first command the shell takes the backslashes away, so that QEMU cuts the
# name at the first ':' of an address; the second command is quoted as it has to be.
# rbdcache: qemu=2.2 librbd=0.87

pool=volumes

qemu-system-x86_64 -name unquoted -m 2048 \
  -drive file=rbd:volumes/volume-512c91d8-a4da-4dcf-b5aa-ef43cf25cb3a:id=cinder:mon_host=9.115.251.194\:6789\;9.115.251.195\:6789,if=none,id=drive-virtio-disk1,format=raw,cache=writeback \
  -device virtio-blk-pci,drive=drive-virtio-disk1,id=virtio-disk1 &

exec sudo -u libvirt-qemu qemu-system-x86_64 -name quoted -m 2048 \
  -drive 'file=rbd:volumes/volume-512c91d8-a4da-4dcf-b5aa-ef43cf25cb3a:id=cinder:mon_host=9.115.251.194\:6789\;9.115.251.195\:6789,if=none,id=drive-virtio-disk1,format=raw,cache=writeback' \
  -device virtio-blk-pci,drive=drive-virtio-disk1,id=virtio-disk1 \
  -drive "file=rbd:$pool/scratch:id=cinder,if=virtio,format=raw,cache=none"
