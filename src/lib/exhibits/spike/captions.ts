/**
 * @file The words of the picture: caption, labels, and the finding for those who do not see it. They
 * never speak of paying off: no revenue is involved in a crossing.
 */
import type { Basis } from '#lib/meter/basis.ts';
import { secondsIntoDay, type Range } from '#lib/meter/crossing.ts';
import { nearest, SLIP_AREA, type Landmark } from './areas.ts';
import type { Lens, Scene } from './scene.ts';
import { SQUARES } from './slip.ts';
import {
	count,
	countOrMany,
	dollarRange,
	dollarsAbout,
	duration,
	each,
	many,
	partIn,
	percent,
	range,
	rounded
} from '../words.ts';

export type Caption = { finding: string; rest: string };

const DAY = 24 * 60 * 60; // s

/** An amount of use in the basis' own words: "163 tokens", "$0.00909", "0.15 seconds". */
export function amount({ basis }: Scene, n: number): string {
	if (basis.key === 'dollars') return dollarsAbout(n);
	if (basis.key === 'time') return duration(n);
	return `${countOrMany(n)} tokens`;
}

/** What the training took: "60,000,000 tokens’ worth", "$37 to $82 million", "35 minutes". */
export function barAmount({ basis }: Scene): string {
	if (basis.key === 'dollars') return mostly(basis) + dollarRange(basis.bar);
	if (basis.key === 'time') return duration(basis.bar.high);
	return `${mostly(basis)}${countOrMany(basis.bar.high)} tokens’ worth`;
}

/** Before an amount of which only a ceiling is known. */
function mostly({ atMost }: Basis): string {
	return atMost ? 'at most ' : '';
}

/** The caption under the picture: what it shows, then what to notice. */
export function caption(scene: Scene, landmarks: readonly Landmark[]): Caption {
	const { stop, lens } = scene;
	if (scene.running) return whileRunning(scene);
	if (stop.key === 'crossing') return atCrossing(scene);
	if (stop.key === 'everyone') return ofEveryone(scene);
	if (!lens) return withoutLens(scene);
	return stop.key === 'you' ? ofYou(scene, landmarks) : stillNothing(scene, lens);
}

function ofYou(scene: Scene, landmarks: readonly Landmark[]): Caption {
	const { basis, counts, lens } = scene;
	const tokens = counts.sent + counts.came;
	const took =
		basis.key === 'work'
			? `It took ${count(tokens)} tokens of work; training took as much as ${countOrMany(basis.bar.high)}${basis.atMost ? ' at most' : ''}.`
			: basis.key === 'time'
				? `The machine that trained the model needs ${amount(scene, scene.use.total)} for it; training kept it busy for ${barAmount(scene)}.`
				: `These ${count(tokens)} tokens come to ${amount(scene, scene.use.total)} at that price; making the model is put at ${barAmount(scene)}.`;

	const ground = lens?.over === 'column' ? area(lens.inBar, landmarks) : '';
	return {
		finding: 'Your answer is too small to see.',
		rest: `${took} One slip, a bank card wide, is ${slipWorth(scene)}. To lay out the bar in slips you would need ${ground}.`
	};
}

/** Nothing in it changes with the tokens, so that the words stand still while they come. */
function whileRunning(scene: Scene): Caption {
	const bar = 'The bar stands still: training was over before you came.';
	if (scene.stop.key === 'you') {
		const prompt = 'What you send comes first, as rings: it is counted too.';
		return {
			finding: 'Every token goes on the slip.',
			rest: `${prompt} ${bar} One slip, a bank card wide, is ${slipWorth(scene)}.`
		};
	}
	return {
		finding: `Every token, times ${askingsOf(scene)}.`,
		rest: `${bar} What it all comes to stands here when the answer is complete.`
	};
}

function stillNothing(scene: Scene, lens: Lens): Caption {
	const { stop } = scene;
	const fill = lens.over === 'column' ? lens.fill.sent + lens.fill.came : 0;
	const now = squareWords(scene, lens.over === 'column' ? lens.unit : 1);
	return {
		finding: `${stop.key === 'class' ? 'Thirty' : 'Ten thousand'} answers: still nothing to see.`,
		rest: `They fill ${count(fill)} squares, now at ${now}. The bar has not moved; the lens had to.`
	};
}

function withoutLens(scene: Scene): Caption {
	const who = { you: 'One answer', class: 'Thirty answers', company: 'Ten thousand answers' };
	const name = who[scene.stop.key as keyof typeof who];
	return {
		finding: 'No lens needed.',
		rest: `${name} show as a column you can see: ${ofBar(scene.share)}. The bar has not moved.`
	};
}

/** "2.7 % of the bar", "4.7 times the bar". */
export function ofBar(share: Range): string {
	if (share.low < 2) return `${percent(share)} of the bar`;
	return `${share.low < 100 ? rounded(share.low, 2) : count(share.low)} times the bar`;
}

function atCrossing(scene: Scene): Caption {
	const { basis, crossing } = scene;
	const ends = 'Nothing is paid off: the tab simply goes on.';

	if (basis.key === 'dollars') {
		const band = crossing.low < crossing.high;
		return {
			finding: band ? 'Here it is, between the two lines.' : 'Here it is.',
			rest: `After ${mostly(basis)}${range(crossing)} answers like this one the bill for using the model reaches the estimate for making it. ${ends}`
		};
	}
	return {
		finding: 'Here it is.',
		rest:
			basis.key === 'work'
				? `After ${mostly(basis)}${countOrMany(basis.bar.high)} tokens, using this model has taken as much work as making it. ${ends}`
				: `After ${range(crossing)} answers, using this model has kept the machine busy for as long as making it did. ${ends}`
	};
}

function ofEveryone(scene: Scene): Caption {
	const { basis, share, use, lens } = scene;
	const asked = `If as many ${basis.key === 'dollars' ? 'questions like this one were billed at that price' : 'people asked this model'} as ask ChatGPT in a day`;

	if (share.low < 1) {
		const days = { low: 1 / share.high, high: 1 / share.low };
		return {
			finding: `A day of everyone: ${percent(share)} of the bar.`,
			rest:
				basis.key === 'dollars'
					? `${asked}, the bill would be ${amount(scene, use.total)} by midnight. It would reach the estimate for making the model ${when(days)}.`
					: `${asked}, use would come to ${amount(scene, use.total)} by midnight; the crossing would come ${when(days)}.`
		};
	}

	const crossed = duration(secondsIntoDay(basis.bar, use.total));
	const times = share.low < 10 ? rounded(share.low, 2) : count(share.low);
	return {
		finding: lens ? 'Now training is too small to see.' : 'Use has overtaken training.',
		rest: `${asked}, ${basis.key === 'dollars' ? 'the bill' : 'use'} would come to ${times} trainings by midnight; the crossing came ${crossed} into the day. The bar has not moved: we stepped back.`
	};
}

/** "after 1.6 to 3.6 days", the ends apart by how sure the bar is. */
function when({ low, high }: Range): string {
	if (low === high) return `after ${duration(high * DAY)}`;
	return `after ${rounded(low, 2)} to ${rounded(high, 2)} such days`;
}

function area(slips: Range, landmarks: readonly Landmark[]): string {
	const [low, high] = [slips.low * SLIP_AREA, slips.high * SLIP_AREA];
	const place = nearest(low, landmarks);
	if (place && place === nearest(high, landmarks)) return place.name;

	const [unit, name] = high >= 1e6 ? [1e6, 'square kilometres'] : [1, 'square metres'];
	const [a, b] = [low, high].map((metres) => rounded(metres / unit, 2));
	return `${a === b ? a : `${a} to ${b}`} ${name} of floor`;
}

/** What 1,000 squares are: "1,000 tokens", "1,000 squares of $0.00001". */
function slipWorth(scene: Scene): string {
	return scene.basis.key === 'work'
		? `${count(SQUARES)} tokens`
		: `${count(SQUARES)} squares of ${squareAmount(scene, 1)}`;
}

/** "ten tokens a square", "$0.10 a square". */
function squareWords(scene: Scene, unit: number): string {
	return scene.basis.key === 'work'
		? `${each(unit)} token${unit === 1 ? '' : 's'} a square`
		: `${squareAmount(scene, unit)} a square`;
}

function squareAmount({ basis }: Scene, unit: number): string {
	const worth = Number((basis.square * unit).toPrecision(3));
	if (basis.key === 'dollars') return dollarsAbout(worth);
	return worth < 1 ? `${rounded(worth * 1000)} ms` : duration(worth);
}

export type Heading = { full: string; short: string };

/** What stands over the slip, in full and short. */
export function slipHeading(scene: Scene): Heading {
	const { basis, lens } = scene;
	if (lens?.over === 'bar')
		return { full: 'one slip: 1,000 squares, a training each', short: 'one slip: 1,000 trainings' };

	const unit = lens?.unit ?? 1;
	if (basis.key === 'work' && !lens?.full)
		return {
			full:
				unit === 1
					? 'one slip of paper: 1,000 squares, a token each'
					: `one slip: 1,000 squares, ${each(unit)} tokens each`,
			short: `one slip: ${count(unit * SQUARES)} tokens`
		};

	const full = lens?.full ?? 0;
	if (full) {
		const before = `${count(full)} slip${full > 1 ? 's' : ''} +`;
		return {
			full: `${before} this one: 1,000 squares of ${squareAmount(scene, 1)}`,
			short: `${before} this one`
		};
	}
	const short = `one slip: 1,000 × ${squareAmount(scene, unit)}`;
	if (unit > 1) return { full: `one slip: 1,000 squares of ${squareAmount(scene, unit)}`, short };
	const perToken = (worth: number) => rounded(worth / basis.square, 2);
	const rate =
		basis.sent === basis.came
			? `${perToken(basis.came)} a token`
			: `${perToken(basis.sent)} a token sent, ${perToken(basis.came)} a token back`;
	return {
		full: `one slip: 1,000 squares of ${squareAmount(scene, 1)}, ${rate}`,
		short
	};
}

/** "60,000 of these slips", in words where it is a range. */
export function slipsInBar(lens: Lens & { over: 'column' }): string {
	return range({ low: Math.round(lens.inBar.low), high: Math.round(lens.inBar.high) });
}

/** As `slipsInBar`, for a phone: "3.7–8.2 bn". */
export function slipsInBarShort(lens: Lens & { over: 'column' }): string {
	return slipsInBar(lens)
		.replace(' to ', '–')
		.replace(' billion', ' bn')
		.replace(' million', ' M')
		.replace(' trillion', ' tn');
}

/** "1/1,195": the true height of what the dot stands for, in pixels. */
export function pixelPart(pixels: number): string {
	if (pixels >= 1) return rounded(pixels, 2);
	const parts = 1 / pixels;
	return `1/${parts < 1e7 ? count(parts) : many(parts)}`;
}

/** The crossing over its line: two sentences on a desk, two short lines on a phone. */
export function crossingWords(scene: Scene): { name: string; after: string; short: string } {
	const { basis, crossing, running } = scene;
	const after = `after ${mostly(basis)}${range(crossing)} answers`;
	const names = {
		dollars: 'The crossing: the bill for using it reaches the estimate for making it',
		work: 'The crossing: using it has cost as much as making it',
		time: 'The crossing: using it has kept the machine as long as making it'
	};
	const shorts = {
		dollars: 'The crossing: the bill reaches the estimate',
		work: 'The crossing: use has cost as much',
		time: 'The crossing: use has taken as long'
	};
	return {
		name: names[basis.key],
		after: `${after} like ${running ? 'the one before' : 'this one'}`,
		short: `${shorts[basis.key]}, ${after}`
	};
}

/** The finding with its present value, for those who do not see the picture. */
export function finding(scene: Scene): string {
	const { basis, billed, counts, stop, use, share, lens } = scene;
	const tokens = counts.sent + counts.came;
	const training = {
		work: `Training this model took as much work as ${mostly(basis)}${countOrMany(basis.bar.high)} tokens.`,
		time: `Training this model took ${barAmount(scene)} of one core.`,
		dollars: `Training ${billed?.model} is estimated at ${barAmount(scene)}.`
	}[basis.key];
	const these = stop.key === 'you' ? 'This answer' : `${askingsOf(scene)} answers like this one`;
	const took = {
		work: `${these} took ${amount(scene, use.total)}`,
		time: `${these} took ${amount(scene, use.total)} of it`,
		dollars: `${these}, billed as ${billed?.label}, came to ${amount(scene, use.total)}`
	}[basis.key];
	const parts =
		share.low >= 1
			? `${count(share.low)} times the training`
			: share.high >= 0.001
				? `${percent(share)} of it`
				: share.low === share.high
					? partIn(1 / share.low)
					: `1 part in ${range({ low: 1 / share.high, high: 1 / share.low })}`;
	const height =
		lens?.over === 'column' && tokens
			? `; on the drawing it would be ${pixelPart(scene.columnPixels)} of a pixel tall`
			: '';
	return `${training} ${took}, which is ${parts}${height}. Column of use: ${count(counts.came)} tokens came back, ${count(counts.sent)} were sent${stop.key === 'you' ? '' : ', for each answer'}. Scale: ${stop.name.toLowerCase()}.`;
}

function askingsOf({ stop, crossing }: Scene): string {
	return stop.key === 'crossing' ? range(crossing) : many(stop.askings);
}
