/** @file A run that was saved, as a chat: its request holds all that was said before. Fetched when a file is opened. */
import manifest from '#lib/engine/pocket/manifest.json';
import type { ChatRecord, RunRecord, Usage } from '#lib/events.ts';
import { blocksOf } from './blocks.ts';
import { blocksIn, fallen, nothing, type Turn } from './turns.ts';

/**
 * The turns of the chat that ended with this run. Those of another model are laid as its record says. Of the pocket model's before
 * the last the record holds the text alone: their tokens are counted from it again, and what this device would have read before
 * follows from how one turn continues the other. Their times are not known and stand at 0.
 *
 * @throws an error whose message is a sentence for readers
 */
export function turnsOf({ model, request, tokens, usage, chat }: RunRecord): Turn[] {
	const { messages, maxTokens } = request;
	if (!chat && model.sha256 !== manifest.sha256) {
		throw new Error(
			'This run is of another model, which cuts text in its own way, and the file does not say how its tokens lie: they cannot be laid on this roll. A chat that is saved from this roll says it.'
		);
	}
	const isChat = messages.every(({ role }, i) => role === (i % 2 ? 'assistant' : 'user'));
	if (!isChat || messages.length % 2 === 0) {
		throw new Error(
			'This run is no chat as the roll shows one: questions and answers in turn, a question last.'
		);
	}
	const answer = tokens.map(({ text }) => text).join('');
	if (chat) return asTold(chat, [...messages.map(({ content }) => content), answer], usage);

	const turns: Turn[] = [];
	for (let end = 1; end <= messages.length; end += 2) {
		const blocks = blocksOf({ messages: messages.slice(0, end), maxTokens });
		const before = turns.at(-1);
		if (before && end > 1) {
			// a marker, and then the answer as it was sent again
			const reply = blocks.at(-2)?.tokens ?? 1;
			before.usage = { ...before.usage, outputTokens: reply - 1 };
		}
		const promptTokens = blocks.reduce((sum, { kept }) => sum + kept, 0);
		const turn = {
			asked: messages[end - 1].content,
			answered: messages[end]?.content ?? '',
			blocks,
			usage: { ...nothing, promptTokens },
			recorded: true
		};
		turns.push({ ...turn, usage: { ...turn.usage, cachedTokens: known(before, turn) } });
	}

	const last = turns[turns.length - 1];
	last.answered = answer;
	last.usage = usage;
	return turns;
}

/** What a device that goes on with its chat has read already: all but the last token that was drawn. */
function known(before: Turn | undefined, turn: Turn): number {
	if (!before || fallen(turn) > 0) return 0;
	return before.usage.promptTokens + before.usage.outputTokens - 1;
}

/**
 * @param said question and answer by turns, as many answers as questions
 * @param usage of the last turn
 */
function asTold({ head, turns }: ChatRecord, said: readonly string[], usage: Usage): Turn[] {
	const last = turns.at(-1)?.usage;
	const fits =
		turns.length * 2 === said.length &&
		last?.promptTokens === usage.promptTokens &&
		last.outputTokens === usage.outputTokens &&
		turns.every(
			({ head, messages, usage }, i) =>
				messages.length === 2 * i + 1 &&
				messages.reduce((sum, tokens) => sum + tokens, head) === usage.promptTokens
		);
	if (!fits) {
		throw new Error(
			'This file contradicts itself: what it says of how its tokens lie does not fit its messages, so that they cannot be laid on this roll.'
		);
	}
	return turns.map((turn, i) => ({
		asked: said[2 * i],
		answered: said[2 * i + 1],
		blocks: blocksIn({ ...turn, open: 0 }),
		usage: turn.usage,
		...(head ? { head } : {}),
		recorded: true
	}));
}
