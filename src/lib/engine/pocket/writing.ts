import type { Drawn, RunMessage, Spent } from '../pulled-run.ts';
import type { Answer } from './answer.ts';

/** The prompt is read in parts of about so long, between which the worker hears Stop and pings. */
const PART = 20; // ms
const LARGEST_PART = 32; // tokens

type Run = {
	number: number;
	/** There once the model is. */
	answer?: Answer;
	/** The bursts of the pulls that have not been answered. */
	pulls: number[];
	spent: Spent;
	/** Drawn for the first of them, to be sent together, each with the time at which it was. */
	drawn: (Omit<Drawn, 'ago'> & { at: number })[];
	/** When that one's burst is over. */
	until: number;
};

/** The run that a worker writes, a token for each pull. Otherwise it rests. */
export class Writing {
	/** Tokens read by the model, prompts included. */
	steps = 0;

	#run: Run | undefined;
	#part = 1; // tokens of the prompt to read at a time, until the speed is known
	#scheduled = false;
	readonly #channel = new MessageChannel();
	readonly #tell: (message: { run: number } & Exclude<RunMessage, { type: 'started' }>) => void;
	readonly #guarded: (work: () => void) => void;

	/** @param guarded runs what is done in a task of its own, and tells of what is thrown there */
	constructor(
		tell: (message: { run: number } & Exclude<RunMessage, { type: 'started' }>) => void,
		guarded: (work: () => void) => void
	) {
		this.#tell = tell;
		this.#guarded = guarded;
		this.#channel.port2.onmessage = () => {
			this.#scheduled = false;
			this.#guarded(() => this.#work());
		};
	}

	/** Ends any earlier run. Pulls may come before the answer does. */
	begin(number: number): void {
		this.#run = {
			number,
			pulls: [],
			spent: { prefillMs: 0, decodeMs: 0 },
			drawn: [],
			until: 0
		};
	}

	/** Whether this run is still wanted. */
	wants(number: number): boolean {
		return this.#run?.number === number;
	}

	/** @param answer of the run that began */
	write(answer: Answer): void {
		if (!this.#run) return;
		if (answer.over) this.#run = undefined;
		else this.#run.answer = answer;
		this.#soon();
	}

	pull(burst: number): void {
		if (!this.#run) return;
		this.#run.pulls.push(burst);
		if (!this.#scheduled) this.#work();
	}

	stop(): void {
		this.#run = undefined;
	}

	/** In a task of its own: messages that came in the meantime are heard first. A timer would wait 4 ms. */
	#soon(): void {
		if (this.#scheduled || !this.#run?.answer || !this.#run.pulls.length) return;
		this.#scheduled = true;
		this.#channel.port1.postMessage(null);
	}

	#work(): void {
		const run = this.#run;
		if (!run?.answer || !run.pulls.length) return;
		const { answer, number } = run;
		const before = performance.now();

		if (answer.unread) {
			const tokens = Math.min(this.#part, answer.unread);
			answer.read(tokens);
			const ms = performance.now() - before;
			run.spent.prefillMs += ms;
			this.steps += tokens;
			this.#part = Math.max(
				1,
				Math.min(LARGEST_PART, Math.floor((tokens * PART) / Math.max(ms, 0.1)))
			);
			this.#tell({ type: 'reading', run: number, spent: run.spent });
		} else {
			if (!run.drawn.length) run.until = before + run.pulls[0];
			const token = answer.next();
			const now = performance.now();
			run.spent.decodeMs += now - before;
			if (token.index > 0) this.steps++; // the first is drawn from what reading the prompt gave
			run.drawn.push({ token, at: now, spent: { ...run.spent } });
			if (answer.over || token.index === 0 || now >= run.until) this.#send(run, answer, now);
		}
		this.#soon();
	}

	/** Answers a pull with all that was drawn for it. */
	#send(run: Run, { over }: Answer, now: number): void {
		run.pulls.shift();
		if (over) this.#run = undefined;
		this.#tell({
			type: 'tokens',
			run: run.number,
			tokens: run.drawn.splice(0).map(({ token, at, spent }) => ({ token, ago: now - at, spent })),
			...(over ? { over } : {})
		});
	}
}
