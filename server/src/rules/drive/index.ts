/** Drive strings as this QEMU reads them. */
import type { Rule } from '../rule.js';
import { driveAioIgnored } from './drive-aio-ignored.js';
import { driveAuthSupportedGone } from './drive-auth-supported-gone.js';
import { driveBadValue } from './drive-bad-value.js';
import { driveCacheMixed } from './drive-cache-mixed.js';
import { driveCommaForColon } from './drive-comma-for-colon.js';
import { driveConfKeyUnknown } from './drive-conf-key-unknown.js';
import { driveConfMissing } from './drive-conf-missing.js';
import { driveConfOrder } from './drive-conf-order.js';
import { driveConfRepeated } from './drive-conf-repeated.js';
import { driveConfText } from './drive-conf-text.js';
import { driveDetectZeroes } from './drive-detect-zeroes.js';
import { driveDuplicateOption } from './drive-duplicate-option.js';
import { driveEscapedAtCrashes } from './drive-escaped-at-crashes.js';
import { driveFormatProbed } from './drive-format-probed.js';
import { driveFormatRbdFlushes } from './drive-format-rbd-flushes.js';
import { driveIdPrefixed } from './drive-id-prefixed.js';
import { driveIdRepeated } from './drive-id-repeated.js';
import { driveKeyInPlainText } from './drive-key-in-plain-text.js';
import { driveMemberCrashes } from './drive-member-crashes.js';
import { driveMonHostDiffers } from './drive-mon-host-differs.js';
import { driveNameCut } from './drive-name-cut.js';
import { driveNameTooLong } from './drive-name-too-long.js';
import { driveNamespaceUnsupported } from './drive-namespace-unsupported.js';
import { driveOptionRemoved } from './drive-option-removed.js';
import { driveOptionTooNew } from './drive-option-too-new.js';
import { driveSecretNotBase64 } from './drive-secret-not-base64.js';
import { driveShellEatsBackslash } from './drive-shell-eats-backslash.js';
import { driveSyntax } from './drive-syntax.js';
import { driveUnknownOption } from './drive-unknown-option.js';

export const DRIVE_RULES: readonly Rule[] = [
  driveSyntax,
  driveUnknownOption,
  driveOptionRemoved,
  driveOptionTooNew,
  driveBadValue,
  driveNameCut,
  driveEscapedAtCrashes,
  driveNameTooLong,
  driveNamespaceUnsupported,
  driveShellEatsBackslash,
  driveConfMissing,
  driveConfRepeated,
  driveConfOrder,
  driveConfText,
  driveCommaForColon,
  driveMemberCrashes,
  driveFormatRbdFlushes,
  driveDuplicateOption,
  driveIdPrefixed,
  driveIdRepeated,
  driveKeyInPlainText,
  driveSecretNotBase64,
  driveAuthSupportedGone,
  driveConfKeyUnknown,
  driveFormatProbed,
  driveCacheMixed,
  driveAioIgnored,
  driveDetectZeroes,
  driveMonHostDiffers,
];
