// A text area over a mirror of itself: the mirror gives it its height and carries the marks.
const PAUSE = 350;

export default {
  template: `
    <div class="editor">
      <label class="editor-label" :for="uid">{{ label }}</label>
      <div class="editor-body">
        <div class="editor-mirror" ref="mirror" dir="auto" aria-hidden="true"></div>
        <textarea class="editor-text" ref="text" dir="auto" :id="uid" :placeholder="hint" spellcheck="true"
          @input="typed" @blur="leave" @keydown.ctrl.enter.prevent="submit" @keydown.meta.enter.prevent="submit"></textarea>
      </div>
      <p v-if="over" class="note" role="alert">{{ told() }}</p>
    </div>`,
  props: { label: String, keep: String, text: String, hint: String, most: Number, long: String },
  data() {
    return { uid: "editor-" + this.keep.replaceAll(/[^\w-]/g, "-"), over: 0 };
  },
  watch: {
    keep(name, before) {
      const kept = sessionStorage.getItem("tongli:" + before);
      if (kept !== null) sessionStorage.setItem("tongli:" + name, kept);
      sessionStorage.removeItem("tongli:" + before);
    },
  },
  mounted() {
    const kept = sessionStorage.getItem(this.key());
    this.fill(kept ?? this.text);
    if (kept !== null && kept !== this.text) this.tell();
  },
  beforeUnmount() {
    clearTimeout(this.timer);
  },
  methods: {
    key() {
      return "tongli:" + this.keep;
    },
    typed() {
      const value = this.$refs.text.value;
      this.remember(value);
      this.draw(value, []);
      clearTimeout(this.timer);
      this.timer = setTimeout(this.tell, PAUSE);
    },
    tell() {
      clearTimeout(this.timer);
      this.timer = undefined;
      const value = this.$refs.text.value;
      const count = value.length > this.most ? Array.from(value).length : 0;
      this.over = count > this.most ? count : 0;
      this.$emit("edit", this.over || value);
    },
    told() {
      const number = (value) => value.toLocaleString(document.documentElement.lang);
      return this.long.replace("{count}", number(this.over)).replace("{most}", number(this.most));
    },
    // What is too long for the browser to keep stays in the field alone.
    remember(value) {
      try {
        sessionStorage.setItem(this.key(), value);
      } catch {
        sessionStorage.removeItem(this.key());
      }
    },
    leave() {
      if (this.timer) this.tell();
    },
    submit() {
      this.tell();
      this.$emit("submit");
    },
    fill(value) {
      this.$refs.text.value = value;
      this.draw(value, []);
    },
    put(value) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.over = 0;
      this.remember(value);
      this.fill(value);
    },
    saved(value) {
      if (this.$refs.text.value === value) sessionStorage.removeItem(this.key());
    },
    underline(marks, seen) {
      const value = this.$refs.text.value;
      if (value === seen) this.draw(value, marks);
    },
    select(start, end) {
      const field = this.$refs.text;
      const units = (places) => Array.from(field.value).slice(0, places).join("").length;
      field.focus();
      field.setSelectionRange(units(start), units(end));
    },
    draw(value, marks) {
      const points = marks.length ? Array.from(value) : [];
      const parts = [];
      let done = 0;
      for (const [start, end, kind] of marks) {
        if (start < done) continue;
        parts.push(points.slice(done, start).join(""));
        const mark = document.createElement("mark");
        mark.className = kind;
        mark.textContent = points.slice(start, end).join("");
        parts.push(mark);
        done = end;
      }
      parts.push(marks.length ? points.slice(done).join("") : value, "\n");
      this.$refs.mirror.replaceChildren(...parts);
    },
  },
};
