import { getContext, setContext } from 'svelte';

/** The lesson whose page is open, for what is kept of it. */
export type OpenLesson = {
	readonly slug: string;
	/** Its check questions. */
	readonly questions: readonly string[];
};

const key = Symbol('lesson');

/** Undefined for what stands outside a lesson: then it is nobody's, and only its guess is kept. */
export const getLesson = () => getContext<OpenLesson | undefined>(key);
export const setLesson = (lesson: OpenLesson) => setContext(key, lesson);
