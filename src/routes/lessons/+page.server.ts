import { listed } from '#lib/learn/catalogue.server.ts';

export const load = () => ({ lessons: listed() });
