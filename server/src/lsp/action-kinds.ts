/** Kinds of code actions, as editors ask for them. */
import { CodeActionKind } from 'vscode-languageserver';

export const QUICK_FIX = CodeActionKind.QuickFix;
/** All safe fixes, as editors ask for them on save. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.rbdcache`;
export const REFACTOR = `${CodeActionKind.RefactorRewrite}.rbdcache`;
