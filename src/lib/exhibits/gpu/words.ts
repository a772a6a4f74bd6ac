/** @file Downloads and loading in words. */
import { size } from '#lib/engine/size.ts';
import type { LoadingPhase } from '#lib/engine/webllm/door.ts';
import type { Outcome, Progress } from '#lib/engine/webllm/download/download.ts';
import { day, duration } from '../words.ts';

/** How long so many bytes take, to a degree that a network deserves. */
export function takes(bytes: number, megabitsPerSecond: number): string {
	return duration((bytes * 8) / (megabitsPerSecond * 1e6));
}

/** "61 of 204 MB, 3.1 MB a second, about 46 seconds left". */
export function progressLine(progress: Progress): string {
	const { state, bytes, total, speed, left, retryIn } = progress;
	const parts = [`${size(bytes)} of ${size(total)}`];
	if (state === 'downloading') {
		if (speed) parts.push(`${size(speed)} a second`);
		if (left !== undefined && Number.isFinite(left))
			parts.push(`about ${duration(Math.max(left, 1))} left`);
	} else if (state === 'paused') parts.push('held: nothing arrives until you go on');
	else if (state === 'stalled')
		parts.push('nothing has arrived for a while; it is asked for again');
	else if (state === 'retrying') {
		parts.push(
			retryIn
				? `the network broke off; asked for again in ${duration(Math.max(1, Math.round(retryIn)))}`
				: 'the network broke off; asked for again now'
		);
	} else if (state === 'checking') parts.push('looking whether every file is what it should be');
	else parts.push('another tab of this site is fetching it; this one waits');
	return parts.join(', ');
}

/** How a download ended. */
export function outcomeLine(outcome: Outcome): string {
	if (outcome.state === 'cancelled') {
		return 'Stopped. What has arrived is kept, and the next download goes on from there.';
	}
	if (outcome.state === 'failed') return outcome.sentence;
	const held = {
		published: 'Every file is, byte for byte, what was published.',
		'first-download':
			'Every file is the same as when it was first downloaded in this browser. Whether it was right then, nobody has published.',
		lengths:
			'Not verified: every file has the right length, but nobody has published what it should contain. From now on each is held against this download.'
	}[outcome.verified];
	const renewed = outcome.renewed.length
		? ` ${outcome.renewed.length === 1 ? 'One file was' : `${outcome.renewed.length} files were`} damaged or gone, and came again.`
		: '';
	const kept = outcome.kept === 'memory' ? ` ${outcome.sentence ?? ''}` : '';
	return held + renewed + kept;
}

/** "204 MB, since 26 Nov 2026". */
export function storedLine({ bytes, date }: { bytes: number; date: string }): string {
	return date ? `${size(bytes)}, since ${day(date)}` : size(bytes);
}

const phases: Record<LoadingPhase, string> = {
	checking: 'Looking whether every file is what it should be',
	starting: 'Starting the program that runs it',
	weights: 'Bringing the weights to the GPU',
	programs: 'Making the GPU’s programs ready',
	trying: 'Asking it a question whose answer is known'
};
const order = Object.keys(phases) as LoadingPhase[];

/** "Step 3 of 5: Bringing the weights to the GPU, 40 %". */
export function loadingLine(phase: LoadingPhase, part: number): string {
	const done = part > 0 && part < 1 ? `, ${Math.floor(part * 100)} %` : '';
	return `Step ${order.indexOf(phase) + 1} of ${order.length}: ${phases[phase]}${done}`;
}

/** All of loading, from 0 to 1, each phase alike: how long one takes is not known before. */
export function loaded(phase: LoadingPhase, part: number): number {
	return (order.indexOf(phase) + Math.min(Math.max(part, 0), 1)) / order.length;
}
