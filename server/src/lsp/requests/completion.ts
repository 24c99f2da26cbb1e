import type { CompletionItem } from 'vscode-languageserver';
import type { Request } from '../answering.js';

export const completion: Request = {
  methods: ['textDocument/completion', 'completionItem/resolve'],
  gives:
    'options, values, sections, variables, flags, names and whole parts, as the chosen releases take them and written as the place needs it; their facts once they are looked at',
  listen(answering) {
    const { connection } = answering;
    connection.onCompletion(
      answering.forDocument('completion', async (found, params) => {
        const { completions } = await answers();
        return completions(answering, found, params);
      }),
    );
    const resolve = answering.guarded('completionItem/resolve', async (item: CompletionItem) => {
      const { documented } = await answers();
      return documented(answering, item);
    });
    connection.onCompletionResolve(async (item, token) => (await resolve(item, token)) ?? item);
  },
};

/** Read when they are first asked for. */
function answers() {
  return import('../later.js');
}
