/**
 * @file What is kept of what a reader did, as it lies in this browser's storage. Anybody with a console can
 * write there, so nothing found is trusted: what does not look as if it was written here is left out.
 */

/** A place on an axis, the index of an answer, or several of them in a row. */
export type Guess = number | readonly number[];

/** A guess, and in words what the list of lessons says of it. */
export type KeptGuess = {
	value: Guess;
	/** Address of the lesson it was made in. */
	lesson?: string | undefined;
	question?: string | undefined;
	yours?: string | undefined;
	truth?: string | undefined;
};

/** Answers of one check question that were tried, by their words, in order. */
export type KeptCheck = { question: string; tried: readonly string[]; solved: boolean };

/** Times are milliseconds since 1970 by the reader's clock, which may be wrong; 0 where it cannot be. */
export type KeptLesson = {
	opened?: number | undefined;
	done?: number | undefined;
	checks: readonly KeptCheck[];
};

export type Kept = {
	/** By address. */
	lessons: ReadonlyMap<string, KeptLesson>;
	/** By the name under which `Predict` keeps it. */
	guesses: ReadonlyMap<string, KeptGuess>;
};

export const nothing: Kept = { lessons: new Map(), guesses: new Map() };

const version = 1;
const longest = 200_000; // characters; more than this was not written here

const name = /^[a-z0-9-]{1,80}$/;

/** Text of one line, without what could hide or turn it; undefined if it is none, or too long. */
export function words(value: unknown): string | undefined {
	if (typeof value !== 'string' || value.length > 400) return;
	return value.replace(/[\p{Cc}\p{Cf}]/gu, '').trim() || undefined;
}

const fields = (value: unknown) =>
	(typeof value === 'object' && !Array.isArray(value) && value) || {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, 30) : []);

/** The entries of an object whose names and values are in order. */
function entries<T>(value: unknown, read: (value: unknown) => T | undefined): Map<string, T> {
	const found = new Map<string, T>();
	for (const [key, one] of Object.entries(fields(value)).slice(0, 500)) {
		const kept = name.test(key) ? read(one) : undefined;
		if (kept) found.set(key, kept);
	}
	return found;
}

function time(value: unknown): number | undefined {
	if (typeof value !== 'number') return;
	return value > 0 && Number.isFinite(value) ? value : 0;
}

function guess(value: unknown): KeptGuess | undefined {
	const found = fields(value) as Record<string, unknown>;
	const numbers = Array.isArray(found.value) ? list(found.value) : [found.value];
	if (!numbers.every(Number.isFinite)) return;
	const text = Object.fromEntries(
		['lesson', 'question', 'yours', 'truth'].map((key) => [key, words(found[key])])
	);
	return { value: found.value as Guess, ...text };
}

function check(value: unknown): KeptCheck[] {
	const { question, tried, solved } = fields(value) as Record<string, unknown>;
	const asked = words(question);
	if (!asked) return [];
	const answers = list(tried).flatMap((answer) => words(answer) ?? []);
	return [{ question: asked, tried: answers, solved: solved === true && answers.length > 0 }];
}

function lesson(value: unknown): KeptLesson {
	const { opened, done, checks } = fields(value) as Record<string, unknown>;
	const asked = new Map(
		list(checks)
			.flatMap(check)
			.map((one) => [one.question, one])
	);
	return { opened: time(opened), done: time(done), checks: [...asked.values()] };
}

function parse(text: string | null): unknown {
	try {
		return text && text.length <= longest ? JSON.parse(text) : undefined;
	} catch {
		return;
	}
}

/**
 * What `text` says is kept; `nothing` if it cannot be read, `'newer'` if a later version of the site wrote it.
 * `older` is what the first version kept, guesses only, under a name of their own.
 */
export function readKept(text: string | null, older: string | null = null): Kept | 'newer' {
	const found = fields(parse(text)) as Record<string, unknown>;
	// It stands first, so that it is seen in what is too long to be read.
	const written =
		found.version ?? /^\s*\{\s*"version":\s*(\d+)/.exec(text?.slice(0, 99) ?? '')?.[1];
	if (Number(written) > version) return 'newer';
	const ours = written === version ? found : {};
	return {
		lessons: entries(ours.lessons, lesson),
		guesses: new Map([
			...entries(parse(older), (value) => guess({ value })),
			...entries(ours.guesses, guess)
		])
	};
}

/** The text that `readKept` reads. */
export function writeKept({ lessons, guesses }: Kept, space?: string): string {
	return JSON.stringify(
		{ version, lessons: Object.fromEntries(lessons), guesses: Object.fromEntries(guesses) },
		undefined,
		space
	);
}

/** Both, and where both have something, the second. */
export function both(a: Kept, b: Kept): Kept {
	return {
		lessons: new Map([...a.lessons, ...b.lessons]),
		guesses: new Map([...a.guesses, ...b.guesses])
	};
}

/** The same with another guess, or without one. */
export function withGuess(kept: Kept, id: string, guess: KeptGuess | undefined): Kept {
	const guesses = new Map(kept.guesses);
	if (guess) guesses.set(id, guess);
	else guesses.delete(id);
	return { ...kept, guesses };
}

/** The same with one lesson changed. */
export function withLesson(
	kept: Kept,
	slug: string,
	change: (lesson: KeptLesson) => KeptLesson
): Kept {
	const lesson = kept.lessons.get(slug) ?? { checks: [] };
	return { ...kept, lessons: new Map(kept.lessons).set(slug, change(lesson)) };
}

/**
 * The same with what was tried of a question; nothing tried forgets it. `questions` are those the lesson asks
 * now: others go, and when all of them are solved it is done, and stays done when one is tried again.
 */
export function withCheck(
	lesson: KeptLesson,
	check: KeptCheck,
	questions: readonly string[],
	now: number
): KeptLesson {
	const question = words(check.question) ?? '';
	const present = new Set(questions.map(words));
	const checks = lesson.checks.filter(
		(other) => other.question !== question && present.has(other.question)
	);
	if (check.tried.length) checks.push({ ...check, question });
	const all = check.solved && checks.filter(({ solved }) => solved).length === present.size;
	return { ...lesson, checks, done: lesson.done ?? (all ? now : undefined) };
}
