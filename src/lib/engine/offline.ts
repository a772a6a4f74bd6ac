/** Whether the browser knows that there is no network; that there is one, it cannot know. */
export const offline = () => globalThis.navigator?.onLine === false;
