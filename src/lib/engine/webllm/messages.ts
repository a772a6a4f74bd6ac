/** @file A conversation in the form that web-llm takes. */
import type { Request } from '#lib/events.ts';
import { Told } from '../told.ts';
import { telling } from './telling.ts';

/**
 * web-llm takes one system message, at the beginning, and a question at the end. What is already so stays as it is.
 *
 * @throws {Told} when there is no question to answer
 */
export function messagesFor(messages: Request['messages']): Request['messages'] {
	const system = messages.filter(({ role }) => role === 'system');
	const turns = messages.filter(({ role }) => role !== 'system');
	if (turns.at(-1)?.role !== 'user') throw new Told(telling.nothingAsked());
	const instructions = system.map(({ content }) => content).join('\n');
	return [...(system.length ? [{ role: 'system' as const, content: instructions }] : []), ...turns];
}
