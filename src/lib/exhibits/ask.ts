import type { Engine, RunOptions } from '#lib/engine/engine.ts';
import type { Reason, Request, RunEvent, Token, Usage } from '#lib/events.ts';
import type { About } from '#lib/meter/tab.svelte.ts';

/** The tab, through which every live run passes. */
export type Watch = (run: AsyncIterable<RunEvent>, about: About) => AsyncIterable<RunEvent>;

export type Answered = {
	text: string;
	tokens: readonly Token[];
	usage: Usage;
	reason: Reason;
};

type Hear = (event: RunEvent, text: string, tokens: readonly Token[]) => void | Promise<void>;

/**
 * Asks a model through the tab, and collects what it says.
 *
 * @param hear each event, with what has come so far; what it returns is waited for before the next
 * @param name what the tab calls the model, where it is not its own name
 * @throws an error whose message is the sentence of a run that failed
 */
export async function ask(
	watch: Watch,
	engine: Pick<Engine, 'model' | 'run'>,
	request: Request,
	signal: AbortSignal,
	hear: Hear = () => {},
	{ name = engine.model.name, ...options }: RunOptions & { name?: string } = {}
): Promise<Answered> {
	const tokens: Token[] = [];
	let text = '';
	let end: Extract<RunEvent, { type: 'settled' }> | undefined;
	const run = engine.run(request, signal, options);
	for await (const event of watch(run, { model: name, request })) {
		if (event.type === 'token') {
			tokens.push(event);
			text += event.text;
		} else if (event.type === 'settled') end = event;
		await hear(event, text, tokens);
	}
	// every run that starts settles
	const { error, usage, reason } = end!;
	if (error) throw new Error(error);
	return { text, tokens, usage, reason };
}
