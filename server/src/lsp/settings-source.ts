/** Settings as the client has them: asked for where it answers, else as it sent them. */
import type { Connection } from 'vscode-languageserver';
import { parseSettings } from '../workspace/settings.js';
import type { Workspace } from '../workspace/workspace.js';
import { type Client, settingsIn } from './client.js';
import { errorText } from './guard.js';

export class SettingsSource {
  /** What could not be taken, for the status item. */
  complaints: readonly string[] = [];

  constructor(
    private readonly connection: Connection,
    private readonly workspace: Workspace,
  ) {}

  async load(client: Client, folders: readonly { readonly uri: string; readonly address: string }[]): Promise<void> {
    if (!client.answersConfiguration) {
      this.take([{ folder: null, raw: client.settings }]);
      return;
    }
    try {
      const items = [{ section: 'rbdcache' }, ...folders.map(({ uri }) => ({ scopeUri: uri, section: 'rbdcache' }))];
      const answers: unknown = await this.connection.workspace.getConfiguration(items);
      const [first, ...rest] = Array.isArray(answers) ? answers : [];
      this.take([
        { folder: null, raw: first ?? client.settings },
        ...folders.map(({ address }, at) => ({ folder: address, raw: rest[at] ?? first ?? client.settings })),
      ]);
    } catch (error) {
      this.connection.console.error(`workspace/configuration: ${errorText(error)}`);
      this.take([{ folder: null, raw: client.settings }]);
    }
  }

  /** For clients that send their settings along with the notification. */
  pushed(client: Client, settings: unknown): Client {
    const taken = settingsIn({ settings });
    return taken === undefined ? client : { ...client, settings: taken };
  }

  private take(sources: readonly { readonly folder: string | null; readonly raw: unknown }[]): void {
    const complaints = new Set<string>();
    for (const { folder, raw } of sources) {
      const parsed = parseSettings(raw);
      for (const complaint of parsed.complaints) complaints.add(complaint);
      this.workspace.setSettings(folder, parsed.settings);
    }
    this.complaints = [...complaints];
    for (const complaint of complaints) this.connection.console.warn(complaint);
  }
}
