/** @file The worker's side of the protocol. Everything it works with is given to it, so that Node can run it. */
import { textsOf } from '../texts-of.ts';
import { Told } from '../told.ts';
import type { Device } from './device.ts';
import type { Options, Outcome, Plan, Stored } from './download/download.ts';
import { Gate } from './download/gate.ts';
import type { InMemory } from './download/kept.ts';
import { Generation, type Made, type OnGpu } from './generation.ts';
import { loadModel, type Report, tryOut } from './loading.ts';
import type { Fate } from './lost.ts';
import { Looking } from './looking.ts';
import type { Answer, FromWorker, Question, ToWorker, Wanted } from './protocol.ts';
import type { WebLlm } from './seam.ts';
import { telling, textOf, troubleOf } from './telling.ts';
import { Vocabulary } from './vocabulary.ts';

/** How often it is said how long the prompt has been read. */
const TELLS = 100; // ms

export type Surroundings = {
	download(plan: Plan, options: Options): Promise<Outcome>;
	/** Holds what is stored against what it must be, and fetches again what is not. */
	verify(plan: Plan, options: Options): Promise<Outcome>;
	stored(): Promise<Stored[]>;
	/** @throws {Told} when another tab is at a model's files */
	remove(model?: string): Promise<void>;
	/** What the browser does not keep: an earlier worker's, and each change of it from now on. */
	hold(files: readonly InMemory[]): void;
	watchMemory(listener: (change: InMemory) => void): void;
	/** The text of a stored file, if it is there. */
	storedText(address: string): Promise<string | undefined>;
	checkDevice(): Promise<Device>;
	/** web-llm itself, which comes only when a model is loaded. */
	webLlm(): Promise<WebLlm>;
	/** Has GPUs be watched that are taken from now on, where there is a listener for them. */
	watchGpus(listenerFor: () => ((fate: Fate) => void) | undefined): void;
};

/** What is used of a worker. */
export type Scope = {
	postMessage(message: FromWorker): void;
	addEventListener(type: 'message', hear: (event: MessageEvent<ToWorker>) => void): void;
};

/** A model on its way to the GPU, or there. What concerns one that is no longer wanted is nobody's concern. */
type Load = { number: number; live: boolean };

type Run = {
	number: number;
	generation?: Generation;
	/** The bursts of the pulls that have not been answered. */
	pulls: number[];
	computing: boolean;
};

export function serve(scope: Scope, around: Surroundings): void {
	const gate = new Gate();
	let download: AbortController | undefined;

	/** Of the GPU there is one: what takes it waits for what has it. */
	let gpu: Promise<unknown> = Promise.resolve();
	let taking = false;
	let latest: Load = { number: 0, live: false };
	let loaded: Promise<OnGpu> | undefined;

	let current: Run | undefined;
	let before: Generation | undefined;
	let looking: Looking | undefined;
	/** Settles when all has been answered that was asked besides runs. */
	let answering: Promise<unknown> = Promise.resolve();
	/** Settles when the GPU computes nothing more of the runs that were ended. */
	let ended: Promise<unknown> = Promise.resolve();

	around.watchMemory((change) => scope.postMessage({ type: 'memory', change }));
	around.watchGpus(() => {
		if (!taking) return;
		const mine = latest;
		return (fate) => {
			if (!mine.live) return;
			if (fate === 'memory') fail(telling.memory());
			else lose();
		};
	});

	function inTurn<T>(work: () => Promise<T>): Promise<T> {
		const done = gpu.then(work);
		gpu = done.catch(() => {});
		return done;
	}

	async function fetchModel(wanted: Wanted): Promise<void> {
		const { signal } = (download = new AbortController());
		gate.open();
		const outcome = await around.download(planOf(wanted), {
			signal,
			gate,
			onprogress: (progress) => scope.postMessage({ type: 'progress', progress })
		});
		scope.postMessage({ type: 'downloaded', outcome });
	}

	async function begin(wanted: Wanted, mine: Load, free: () => Promise<void>): Promise<OnGpu> {
		const report: Report = (phase, part) => {
			scope.postMessage({ type: 'loading', load: mine.number, phase, part });
		};
		report('checking', 0);
		await free();
		const here = await whereStored(wanted);
		const outcome = await around.verify(planOf(here), {
			signal: new AbortController().signal,
			onprogress: ({ bytes, total }) => report('checking', bytes / total)
		});
		if (outcome.state === 'failed') throw new Told(outcome.sentence);
		const list = await around.storedText(`${here.place.folder}tokenizer.json`);
		const vocabulary = vocabularyFrom(list);

		report('starting', 0);
		const webLlm = await around.webLlm().catch((error: unknown) => {
			throw new Told(telling.noProgram(), { cause: error });
		});
		let model: OnGpu;
		taking = true;
		try {
			model = await loadModel(webLlm, here, vocabulary, report);
		} finally {
			taking = false;
		}
		try {
			await tryOut(model, wanted.firstToken, report);
			if (!mine.live) throw new Told(telling.ended());
		} catch (error) {
			mine.live = false; // from here on its GPU is given back, and not lost
			if (troubleOf(error) !== 'lost') await model.engine.unload().catch(() => {});
			throw error;
		}
		scope.postMessage({ type: 'ready', load: mine.number });
		return model;
	}

	/** A model is loaded from where it was stored from, whatever source is chosen by now. */
	async function whereStored(wanted: Wanted): Promise<Wanted> {
		const places = (await around.stored()).flatMap(({ model, place }) =>
			model === wanted.id && place ? [place] : []
		);
		const chosen = places.some(({ folder }) => folder === wanted.place.folder);
		if (chosen || !places.length) return wanted;
		const { manifest: _, ...rest } = wanted; // of the other place
		return { ...rest, place: places[0] };
	}

	function load({ load: number, wanted }: ToWorker & { type: 'load' }): void {
		latest.live = false;
		const mine: Load = (latest = { number, live: true });
		const free = takeOff();
		const loading = inTurn(() => begin(wanted, mine, free));
		loaded = loading;
		loading.catch((error: unknown) => {
			mine.live = false; // what becomes of its GPU is no further loss
			if (loaded !== loading) return; // lost or not wanted any more, which was told
			const trouble = troubleOf(error);
			if (error instanceof Told) {
				scope.postMessage({ type: 'unloaded', load: number, sentence: error.message });
			} else if (trouble === 'lost') scope.postMessage({ type: 'lost', sentence: telling.lost() });
			else fail(trouble === 'memory' ? telling.memory() : telling.notLoaded(textOf(error)));
		});
	}

	/** @returns frees the GPU of the present model, once nothing more is computed with it */
	function takeOff(): () => Promise<void> {
		const [model, asked] = [loaded, answering]; // what is asked later waits for the next model
		return async () => {
			const on = await model?.catch(() => undefined);
			await ended;
			await asked;
			before = looking = undefined;
			await on?.engine.unload().catch(() => {}); // a GPU that cannot be given back is gone
		};
	}

	function unload(): void {
		latest.live = false;
		void inTurn(takeOff());
		loaded = undefined;
	}

	/** The GPU is gone: web-llm has noticed, and can do nothing more. */
	function lose(): void {
		latest.live = false;
		loaded = undefined;
		stop(); // what has been lost may never end, so that nothing waits for it
		ended = answering = Promise.resolve();
		gpu = Promise.resolve();
		taking = false;
		scope.postMessage({ type: 'lost', sentence: telling.lost() });
	}

	function fail(sentence: string): void {
		scope.postMessage({ type: 'failed', sentence });
	}

	function stop(): void {
		const generation = current?.generation;
		current = undefined;
		if (generation) ended = generation.end();
	}

	async function run({ run: number, request, reuse }: ToWorker & { type: 'run' }): Promise<void> {
		const mine: Run = { number, pulls: [], computing: false };
		current = mine;
		try {
			if (!loaded) throw new Told(telling.noModel());
			const model = await loaded.catch(() => undefined);
			await ended;
			await leaveLook();
			if (!model || current !== mine) return; // stopped, or told already why there is no model
			const goesOn = reuse && before !== undefined;
			const beginning = Generation.begin(model, request, { reuse: goesOn });
			ended = beginning.then(
				(generation) => (current === mine ? undefined : generation.end()),
				() => {}
			);
			const generation = (before = await beginning);
			if (current !== mine) return;
			mine.generation = generation;
			const { promptTokens, cachedTokens, ids, layout, over } = generation;
			scope.postMessage({
				type: 'started',
				run: number,
				promptTokens,
				cachedTokens,
				...(ids ? { cuts: textsOf(ids, model.vocabulary) } : {}),
				...(layout ? { layout } : {}),
				...(over ? { over } : {})
			});
			void work(mine);
		} catch (error) {
			if (current === mine) broke(mine, error);
		}
	}

	/** Answers the pulls of a run, one after another. */
	async function work(mine: Run): Promise<void> {
		const { generation } = mine;
		if (!generation || mine.computing) return;
		mine.computing = true;
		const reading = setInterval(() => {
			if (current !== mine || generation.read) return clearInterval(reading);
			scope.postMessage({ type: 'reading', run: mine.number, spent: generation.spent });
		}, TELLS);
		try {
			while (current === mine && mine.pulls.length) {
				const made = await generation.next(performance.now() + mine.pulls[0]);
				if (current === mine) answer(mine, generation, made);
			}
		} catch (error) {
			if (current === mine) broke(mine, error);
		} finally {
			mine.computing = false;
		}
	}

	function answer(mine: Run, { over }: Generation, made: Made[]): void {
		mine.pulls.shift();
		if (over) current = undefined;
		const now = performance.now();
		scope.postMessage({
			type: 'tokens',
			run: mine.number,
			tokens: made.map(({ token, at, spent }) => ({ token, ago: now - at, spent })),
			...(over ? { over } : {})
		});
	}

	/** Some errors concern one run; after the others the model is not to be trusted. */
	function broke(mine: Run, error: unknown): void {
		const trouble = error instanceof Told ? 'told' : troubleOf(error);
		if (trouble === 'lost') return lose();
		if (trouble === 'memory') return fail(telling.memory());
		if (trouble === 'other') return fail(telling.broke(textOf(error)));
		const sentence = trouble === 'told' ? (error as Told).message : telling.tooLong();
		scope.postMessage({ type: 'refused', run: mine.number, sentence });
	}

	/** The GPU is at rest: what was looked at would have to be read again. */
	async function leaveLook(): Promise<void> {
		await answering;
		await looking?.end();
	}

	/** What is asked besides runs is answered one after another. */
	function ask({ ask, question }: ToWorker & { type: 'ask' }): void {
		const of = loaded;
		answering = answering
			.then(() => answerTo(question, of))
			.catch((error: unknown): Answer | undefined => {
				if (of !== loaded) return { sentence: telling.replaced() }; // and its troubles with it
				const trouble = error instanceof Told ? 'told' : troubleOf(error);
				if (trouble === 'lost') lose();
				else if (trouble === 'memory') fail(telling.memory());
				else if (trouble === 'other') fail(telling.broke(textOf(error)));
				else if (error instanceof Told) return { sentence: error.message };
				else return { sentence: telling.tooLong() };
			})
			.then((answer) => answer && scope.postMessage({ type: 'answered', ask, answer }));
	}

	async function answerTo(question: Question, of: Promise<OnGpu> | undefined): Promise<Answer> {
		const model = await of?.catch(() => undefined);
		if (!model || of !== loaded) throw new Told(telling.noModel());
		if (question.about === 'lexicon') return { lexicon: model.vocabulary.lexicon };
		const mine = (looking ??= new Looking(model));
		const { about, request } = question;
		if (about === 'look' || !mine.knows(request)) {
			if (current) throw new Told(telling.alone());
			await ended;
			before = undefined;
		}
		if (about === 'cut') return { cut: await mine.cut(request) };
		return { look: await mine.look(request, question.written) };
	}

	async function remove(model?: string): Promise<void> {
		try {
			await around.remove(model);
		} catch (error) {
			if (!(error instanceof Told)) throw error;
			return scope.postMessage({ type: 'deleted', refused: error.message });
		}
		scope.postMessage({ type: 'deleted' });
	}

	async function hear(message: ToWorker): Promise<void> {
		switch (message.type) {
			case 'check': {
				const device = await inTurn(() => around.checkDevice());
				return scope.postMessage({ type: 'device', device });
			}
			case 'list':
				return scope.postMessage({ type: 'stored', models: await around.stored() });
			case 'delete':
				return remove(message.model);
			case 'hold':
				return around.hold(message.files);
			case 'download':
				return fetchModel(message.wanted);
			case 'pause':
				return gate.close();
			case 'resume':
				return gate.open();
			case 'cancel':
				return download?.abort();
			case 'load':
				return load(message);
			case 'unload':
				return unload();
			case 'run':
				return run(message);
			case 'pull':
				if (!current) return;
				current.pulls.push(message.burst);
				return work(current);
			case 'stop':
				return stop();
			case 'ask':
				return ask(message);
			case 'ping':
				return scope.postMessage({ type: 'pong' });
		}
	}

	scope.addEventListener('message', ({ data }) => {
		hear(data).catch((error: unknown) => fail(telling.broke(textOf(error))));
	});
	scope.postMessage({ type: 'hello' });
}

function vocabularyFrom(list: string | undefined): Vocabulary {
	let file: unknown;
	try {
		file = JSON.parse(list ?? '');
	} catch {
		throw new Told(telling.noTokenizer());
	}
	return new Vocabulary(file);
}

function planOf({ id, place, bytes, manifest }: Wanted): Plan {
	return { model: id, place, bytes, ...(manifest === undefined ? {} : { manifestAt: manifest }) };
}
