/** @file All lessons: titles and order, no bodies. Server only, so that no page carries the others. */
import { checkQuestions, inOrder, readLesson, type Lesson, type LessonLink } from './lesson.ts';

const files = import.meta.glob('../../../content/lessons/*.md', {
	eager: true,
	import: 'metadata'
});

const sources = import.meta.glob<string>('../../../content/lessons/*.md', {
	eager: true,
	import: 'default',
	query: '?raw'
});

/** Every lesson, in reading order. */
export const lessons: Lesson[] = inOrder(
	Object.entries(files).map(([path, metadata]) => readLesson(path, metadata))
);

const questions = new Map(
	Object.entries(sources).map(([path, source]) => [
		readLesson(path, files[path]).slug,
		checkQuestions(source)
	])
);

/** A lesson for a list: what it needs as links, and what it asks. */
export type ListedLesson = LessonLink & { needs: LessonLink[]; questions: string[] };

/** Every lesson, as a list shows them. */
export const listed = (): ListedLesson[] =>
	lessons.map((lesson) => ({ ...link(lesson), ...around(lesson) }));

/** A lesson with its neighbours, and what it builds on. Throws if there is none at this address. */
export function lessonAt(slug: string) {
	const index = lessons.findIndex((lesson) => lesson.slug === slug);
	if (index < 0) throw new Error(`no file in content/lessons is called NN-${slug}.md`);
	const [previous, next] = [lessons[index - 1], lessons[index + 1]] as (Lesson | undefined)[];
	const { number, title, question, minutes, description } = lessons[index];
	return {
		lesson: { number, slug, title, question, minutes, description, ...around(lessons[index]) },
		previous: previous && link(previous),
		next: next && link(next)
	};
}

function around({ slug, needs }: Lesson) {
	const before = lessons.filter((lesson) => needs.includes(lesson.slug));
	return { needs: before.map(link), questions: questions.get(slug) ?? [] };
}

function link({ number, slug, title, question, minutes }: Lesson): LessonLink {
	return { number, slug, title, question, minutes };
}
