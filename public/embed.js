/*
 * <epsilon-playground src="https://your.site/embed/training-with-dp-sgd/train/#v=1&eps=2"></epsilon-playground>
 *
 * A cell of Epsilon Playground in your page, as tall as it needs to be. Attributes: `src` (required), `title`, `theme`
 * (auto, light, dark), `hide` (comma-separated), `run` (click, auto, never), `xapi` (see below). Methods: run(), stop(), reset(),
 * setState({ eps: 2 }), getState(). Events, each with a `detail`: ready, state, metric, done, error, statement.
 *
 * With the attribute `xapi` it tells what a learner does as xAPI statements (answered, progressed, completed), one a `statement` event, for
 * a learning record store of yours; nothing is sent anywhere. Who acts you say by the property `actor`, or by the attribute's value, as
 * JSON; without either it is an account that names nobody. Both are read when the cell is greeted: set them before `src`.
 *
 * A classic script and a module in one: <script async src> and import 'https://your.site/embed.js' both define the element.
 * Types are in embed.d.ts beside it. Another `theme` or `title` keeps the run. So does moving the element with moveBefore();
 * a browser reloads a frame that is moved in any other way, and then its settings are kept, not its run.
 */
(() => {
  if (customElements.get('epsilon-playground')) return;
  const LEAST_HEIGHT = 160;
  const MOST_HEIGHT = 20000;
  const ANSWER_WITHIN = 5000;

  class EpsilonPlayground extends HTMLElement {
    static observedAttributes = ['src', 'title', 'theme', 'hide', 'run'];
    #frame = null;
    #questions = new Map();
    #asked = 0;
    /** Settings of the cell as it last told them; a frame that is built anew begins with them. */
    #hash = null;
    #theme = null;
    /** What the page said before the cell could hear it; null once the cell has been greeted. */
    #unsaid = [];
    /** An xAPI agent; undefined: somebody without a name. */
    actor;
    #receive = (event) => this.#onMessage(event);

    connectedCallback() {
      this.style.display = 'block';
      window.addEventListener('message', this.#receive);
      this.#build();
    }

    disconnectedCallback() {
      window.removeEventListener('message', this.#receive);
      this.#frame?.remove();
      this.#frame = null;
    }

    /** Moved in one piece: the frame lives on. */
    connectedMoveCallback() {}

    attributeChangedCallback(name, before, after) {
      if (!this.isConnected || !this.#frame || before === after) return;
      if (name === 'title') this.#frame.title = this.#title();
      else if (name === 'theme') this.#showTheme();
      else {
        if (name === 'src') this.#hash = null;
        this.#build();
      }
    }

    #title() {
      return this.getAttribute('title') || 'A live experiment of Epsilon Playground';
    }

    #showTheme() {
      const theme = this.getAttribute('theme') ?? 'auto';
      if (theme !== this.#theme) this.#say({ type: 'setTheme', theme });
      this.#theme = theme;
    }

    #address() {
      const src = this.getAttribute('src');
      if (!src) return null;
      const url = new URL(src, document.baseURI);
      if (!/^https?:$/.test(url.protocol)) return null;
      for (const name of ['theme', 'hide', 'run'])
        if (this.hasAttribute(name)) url.searchParams.set(name, this.getAttribute(name));
      if (this.#hash !== null) url.hash = this.#hash;
      return url;
    }

    #build() {
      this.#frame?.remove();
      this.#frame = null;
      // Said to an earlier cell, it would mean something else to this one.
      if (this.#unsaid === null) this.#unsaid = [];
      const url = this.#address();
      if (!url) {
        this.textContent = 'epsilon-playground: `src` must be the http address of a cell.';
        return;
      }
      const frame = document.createElement('iframe');
      frame.src = url.href;
      frame.title = this.#title();
      frame.loading = 'lazy';
      frame.allow = 'camera; fullscreen; clipboard-write; cross-origin-isolated';
      frame.style.cssText = 'display: block; width: 100%; height: 420px; border: 0';
      this.#theme = url.searchParams.get('theme') ?? 'auto';
      this.#frame = frame;
      this.replaceChildren(frame);
    }

    #onMessage(event) {
      if (!this.#frame || event.source !== this.#frame.contentWindow) return;
      const message = event.data;
      if (message?.source !== 'dp-playground' || message.v !== 1) return;
      if (message.type === 'height') {
        const height = Number(message.height);
        if (height > 0) this.#frame.style.height = `${Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, height))}px`;
        return;
      }
      // It tells its state only to a page that has said hello, and answers that with another ready.
      if (message.type === 'ready' && !message.greeted) {
        this.#send({ type: 'hello', ...this.#xapi() });
        return;
      }
      if (message.type === 'ready') {
        const unsaid = this.#unsaid ?? [];
        this.#unsaid = null;
        for (const body of unsaid) this.#send(body);
        this.#showTheme();
      }
      if (message.type === 'state') this.#hash = message.hash;
      const answer = message.type === 'state' && this.#questions.get(message.request);
      if (answer) {
        this.#questions.delete(message.request);
        answer(message);
      }
      this.dispatchEvent(new CustomEvent(message.type, { detail: message, bubbles: true }));
    }

    /** What the hello says of xAPI: nothing, unless the page asks for statements. */
    #xapi() {
      const text = this.getAttribute('xapi');
      if (text === null) return {};
      let actor = this.actor;
      try {
        if (actor === undefined && text !== '') actor = JSON.parse(text);
      } catch {
        // The cell answers with an error that says what an actor is.
        actor = text;
      }
      return { xapi: actor === undefined ? {} : { actor } };
    }

    #send(body) {
      const target = new URL(this.#frame.src).origin;
      this.#frame.contentWindow.postMessage({ source: 'dp-playground-host', v: 1, ...body }, target);
    }

    /** At once, or as soon as the cell listens. */
    #say(body) {
      if (this.#unsaid === null && this.#frame) this.#send(body);
      // What cannot be sent is refused now, where the mistake is made.
      else this.#unsaid.push(structuredClone(body));
    }

    run() {
      this.#say({ type: 'run' });
    }
    stop() {
      this.#say({ type: 'stop' });
    }
    reset() {
      this.#say({ type: 'reset' });
    }
    setState(settings) {
      this.#say({ type: 'setState', settings });
    }
    getState() {
      const request = String(++this.#asked);
      return new Promise((resolve, reject) => {
        this.#questions.set(request, resolve);
        setTimeout(() => {
          if (this.#questions.delete(request)) reject(new Error('The cell does not answer. Has it been started?'));
        }, ANSWER_WITHIN);
        this.#say({ type: 'getState', request });
      });
    }
  }
  customElements.define('epsilon-playground', EpsilonPlayground);
})();
