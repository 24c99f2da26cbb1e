/** A workspace that every rule looks at. */
import { ALL_RULES } from '../rules/all.js';
import { Workspace as AnyWorkspace, type WorkspaceOptions } from './workspace.js';

export class Workspace extends AnyWorkspace {
  constructor(options: Omit<WorkspaceOptions, 'rules'> & Partial<Pick<WorkspaceOptions, 'rules'>>) {
    super({ rules: ALL_RULES, ...options });
  }
}
