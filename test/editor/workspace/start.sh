#!/bin/sh
exec qemu-system-x86_64 -enable-kvm \
  -drive "file=rbd:volumes/v3:id=cinder,if=none,id=disk2,format=raw,cache=writeback"
