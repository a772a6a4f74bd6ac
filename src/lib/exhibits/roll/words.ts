/** @file What the roll shows, in words. */
import { count, rounded } from '../words.ts';
import { again, fallen, fresh, given, sumsOf, type Turn } from './turns.ts';

/** What one column is, for those who do not see it. */
export function columnWords(turn: Turn, index: number): string {
	const off = fallen(turn);
	const made = given(turn);
	const makers = made ? `, ${count(made)} from its makers` : '';
	return `Turn ${index + 1}: ${tokens(turn.usage.promptTokens)} sent, ${count(fresh(turn))} of them new${makers} and ${count(again(turn))} again; ${count(turn.usage.outputTokens)} came back${off ? `; ${count(off)} have fallen off` : ''}.`;
}

/** "12 times over", "once". */
export function over(sent: number, typed: number): string {
	if (!typed) return '';
	const times = sent / typed;
	return times < 1.05 ? 'once' : `${rounded(times, 2)} times over`;
}

export function finding(turns: readonly Turn[]): { bold: string; rest: string } {
	if (!turns.length) {
		return {
			bold: 'An empty roll.',
			rest: 'A new chat begins with nothing: whatever was said in another one was never in the model.'
		};
	}
	const { typed, sent, given: made } = sumsOf(turns);
	const makers = made
		? ` ${count(given(turns[0]))} of them are not yours: its makers have every chat begin with them, and they are sent each time.`
		: '';
	const last = turns[turns.length - 1];
	const off = last.blocks.filter(({ tokens, kept }) => kept < tokens);
	const bold =
		turns.length === 1
			? `One turn: ${tokens(sent)} sent.`
			: `You typed ${tokens(typed)}, and ${count(sent)} were sent: ${over(sent, typed)}.`;
	const rest = off.length
		? `${offWords(off.filter(({ kept }) => kept === 0).map(({ turn }) => turn + 1))} The model cannot know what stood only there, and answers all the same.`
		: turns.length === 1
			? `Ask on: the next turn sends this one again.${makers}`
			: 'Each turn sends all that was said before once more. What the model said itself comes back as input.';
	return { bold, rest };
}

function offWords(turns: number[]): string {
	const gone = [...new Set(turns)];
	if (!gone.length) return 'The beginning of turn 1 has just fallen off the roll.';
	if (gone.length === 1) return `Turn ${gone[0]} has fallen off the roll.`;
	const joined = gone.length === 2 ? 'and' : 'to';
	return `Turns ${gone[0]} ${joined} ${gone[gone.length - 1]} have fallen off the roll.`;
}

function tokens(n: number): string {
	return `${count(n)} ${n === 1 ? 'token' : 'tokens'}`;
}
