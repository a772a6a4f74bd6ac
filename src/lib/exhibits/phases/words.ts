/** @file What the picture shows, in words. */
import { count, day, rounded } from '../words.ts';
import { modelName, recordedLine } from '../run/origin.ts';
import { findingOf, summaryOf, tokenRatio, type Beside, type Trial } from './trials.ts';

/** "3.1 times as long as", "about as long as", "0.6 of the time of". */
export function timesAs(ratio: number): string {
	if (ratio >= 0.95 && ratio < 1.05) return 'about as long as';
	return ratio > 1 ? `${rounded(ratio, 2)} times as long as` : `only ${rounded(ratio, 2)} of`;
}

/** The finding, and what it rests on; for those who do not see the picture as well. */
export function finding(trials: readonly Trial[]): { bold: string; rest: string } {
	const found = findingOf(trials);
	const [reading, writing] = [summaryOf(trials, 'reading'), summaryOf(trials, 'writing')];
	if (!found || !reading || !writing) {
		return { bold: 'Nothing has been timed.', rest: 'Both runs are needed to compare them.' };
	}
	const bold =
		found.token < 1
			? 'Here reading a token took longer than writing one.'
			: `Writing a token took ${timesAs(found.token)} reading one.`;
	const [one, other] = [reading.sent + reading.came, writing.sent + writing.came];
	const same =
		one === other
			? `Both are ${count(one)} tokens`
			: `One is ${count(one)} tokens, the other ${count(other)}`;
	return {
		bold,
		rest: `${same}; the one that writes more took ${timesAs(found.run)} the other. Reading takes many tokens through the weights in one go; to write, each token has to wait for the one before it.`
	};
}

/** Where and when, how often, and how the number is formed. */
export function basis(trials: readonly Trial[], where: string): string {
	const rounds = summaryOf(trials, 'writing')?.rounds ?? 0;
	return `${where} ${count(rounds)} ${rounds === 1 ? 'round' : 'rounds'}, the two runs in turn; drawn is the middle one, the thin lines reach from the fastest round to the slowest.`;
}

export function recordedWhere({ date, device }: { date: string; device: object }): string {
	const { cpu } = device as { cpu?: string };
	return `Recorded ${day(date)}${cpu ? ` on one core of an ${cpu}` : ''}.`;
}

/** The run beside them, in a sentence. */
export function besideWords({ record, whole }: Beside): string {
	const ratio = tokenRatio(whole);
	const found =
		ratio === undefined
			? 'how long its reading and its writing took, the file does not say'
			: ratio < 1
				? 'writing a token took less time than reading one'
				: `writing a token took ${timesAs(ratio)} reading one`;
	return `Beside them, ${modelName(record)}, ${recordedLine(record)}: ${found}.`;
}
