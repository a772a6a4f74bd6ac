/**
 * @file Has web-llm put into a prompt what was typed, and nothing else. It fills its templates by `String.replace`, to which `$&`
 * and its like are orders, and takes the mark of a tool's place out of whatever stands there.
 */
import type { Conversation } from './seam.ts';

/** What stands in the place of a message's text, by its role. */
const placeOf = (role: string) => `{${role}_message}`;
const TOOL = '{function_string}';

/**
 * @param cut reads the conversation, in which all templates are filled; afterwards it is as it was
 */
export async function asTyped<T>(conversation: Conversation, cut: () => Promise<T>): Promise<T> {
	const { config, messages, override_system_message: system } = conversation;
	const { role_templates: templates } = config;
	conversation.config = { ...config, role_templates: undefined };
	conversation.messages = messages.map(([role, name, text]) => {
		const template = templates?.[role]?.replace(TOOL, '');
		const whole = typeof text === 'string' && template?.replace(placeOf(role), () => text);
		return [role, name, typeof whole === 'string' ? whole : text] as const;
	});
	// of this template nothing else is taken out
	conversation.override_system_message = system?.replaceAll('$', '$$$$');
	try {
		return await cut();
	} finally {
		conversation.config = config;
		conversation.messages = messages;
		conversation.override_system_message = system;
	}
}
