/** @file What a lesson says about itself, and the check that it says it completely. */

/** The front matter of `content/lessons/NN-slug.md`, and what its file name adds. */
export type Lesson = {
	/** From the file name: the place in the course, from 1. */
	number: number;
	/** From the file name: the address, `/lessons/<slug>/`. */
	slug: string;
	title: string;
	/** Something somebody really asks. */
	question: string;
	/** Reading and trying, in minutes. */
	minutes: number;
	/** Slugs of lessons to have read before. */
	needs: string[];
	/** Terms it introduces, in plain words. */
	terms: string[];
	/** Claims of the five articles that it answers: `S0-01` and so on. */
	claims: string[];
	/** For search results and previews: one or two sentences. */
	description: string;
	/** The lesson in one line, for its end and for recaps. */
	line: string;
};

/** What a page needs to point at a lesson. */
export type LessonLink = Pick<Lesson, 'number' | 'slug' | 'title' | 'question' | 'minutes'>;

const words = ['title', 'question', 'description', 'line'] as const;
const lists = { needs: /^[a-z0-9-]+$/, terms: /\S/, claims: /^S[0-4]-\d\d$/ } as const;
const known = new Set<string>([...words, ...Object.keys(lists), 'minutes']);

/**
 * The lesson that a file describes. Throws an error that begins with the file's name and says what is
 * missing or wrong, so that a bad lesson stops the build and names itself.
 */
export function readLesson(path: string, metadata: unknown): Lesson {
	const file = path.slice(path.lastIndexOf('/') + 1);
	const fail = (what: string): never => {
		throw new Error(`content/lessons/${file}: ${what}`);
	};

	const name = /^(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)\.md$/.exec(file);
	if (!name) return fail('the name must be two digits, a hyphen and the address: 01-two-jobs.md');
	if (typeof metadata !== 'object' || metadata === null) return fail('has no front matter');

	const front = metadata as Record<string, unknown>;
	for (const key of Object.keys(front)) if (!known.has(key)) fail(`unknown front matter: ${key}`);

	for (const key of words) {
		const value = front[key];
		if (typeof value !== 'string' || !value.trim()) fail(`${key} must be a sentence`);
	}

	const minutes = front.minutes;
	if (!Number.isInteger(minutes) || (minutes as number) < 1 || (minutes as number) > 15) {
		fail('minutes must be a whole number from 1 to 15');
	}

	for (const [key, pattern] of Object.entries(lists)) {
		const value = front[key];
		if (!Array.isArray(value)) fail(`${key} must be a list, [] if there are none`);
		for (const item of value as unknown[]) {
			if (typeof item !== 'string' || !pattern.test(item)) fail(`${key} has a bad entry: ${item}`);
		}
	}

	return { number: Number(name[1]), slug: name[2], ...(front as Omit<Lesson, 'number' | 'slug'>) };
}

/**
 * Lessons in the order of their numbers. Throws if two share a number or an address, or if one needs
 * a lesson that does not come before it.
 */
export function inOrder(lessons: Lesson[]): Lesson[] {
	const sorted = lessons.toSorted((a, b) => a.number - b.number);
	const seen = new Map<string, number>();

	for (const [index, lesson] of sorted.entries()) {
		const file = `content/lessons/${String(lesson.number).padStart(2, '0')}-${lesson.slug}.md`;
		if (sorted[index - 1]?.number === lesson.number) {
			throw new Error(`${file}: there is another lesson ${lesson.number}`);
		}
		if (seen.has(lesson.slug)) throw new Error(`${file}: the address is taken`);
		for (const slug of lesson.needs) {
			if (!seen.has(slug)) throw new Error(`${file}: needs ${slug}, which does not come before it`);
		}
		seen.set(lesson.slug, lesson.number);
	}
	return sorted;
}

/** The check questions of a lesson's Markdown, in order. */
export function checkQuestions(source: string): string[] {
	return [...source.matchAll(/<Check\s+question="([^"]+)"/g)].map(([, question]) => question);
}

/** What a lesson is called in passing: `two jobs`. */
export const nameOf = (slug: string) => slug.replaceAll('-', ' ');
