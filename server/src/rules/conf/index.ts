import type { ConfRule } from '../rule.js';
import { confBom } from './conf-bom.js';
import { confCommentInQuotes } from './conf-comment-in-quotes.js';
import { confDashInKey } from './conf-dash-in-key.js';
import { confDuplicateOption } from './conf-duplicate-option.js';
import { confFinalNewline } from './conf-final-newline.js';
import { confIndentedSection } from './conf-indented-section.js';
import { confInvalidValue } from './conf-invalid-value.js';
import { confKeyOutsideSection } from './conf-key-outside-section.js';
import { confMetaUnknown } from './conf-meta-unknown.js';
import { confMonHostSyntax } from './conf-mon-host-syntax.js';
import { confNonAscii } from './conf-non-ascii.js';
import { confOptionNotInRelease } from './conf-option-not-in-release.js';
import { confPlaceholder } from './conf-placeholder.js';
import { confSectionCase } from './conf-section-case.js';
import { confSectionUnused } from './conf-section-unused.js';
import { confShadowedBySection } from './conf-shadowed-by-section.js';
import { confSocketShared } from './conf-socket-shared.js';
import { confSyntax } from './conf-syntax.js';
import { confUnitChanged } from './conf-unit-changed.js';
import { confUnknownOption } from './conf-unknown-option.js';
import { confValueCut } from './conf-value-cut.js';
import { confValueOutOfRange } from './conf-value-out-of-range.js';

/** ceph.conf as this release reads it. */
export const CONF_RULES: readonly ConfRule[] = [
  confSyntax,
  confFinalNewline,
  confIndentedSection,
  confCommentInQuotes,
  confNonAscii,
  confSectionCase,
  confPlaceholder,
  confValueCut,
  confBom,
  confKeyOutsideSection,
  confUnknownOption,
  confDashInKey,
  confOptionNotInRelease,
  confInvalidValue,
  confValueOutOfRange,
  confUnitChanged,
  confDuplicateOption,
  confSectionUnused,
  confShadowedBySection,
  confSocketShared,
  confMetaUnknown,
  confMonHostSyntax,
];
