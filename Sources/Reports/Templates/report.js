"use strict";
(() => {
  const root = document.documentElement;
  const colors = JSON.parse(document.getElementById("colors").textContent);
  const ramps = {};
  for (const name of Object.keys(colors)) {
    const text = colors[name];
    ramps[name] = Array.from({ length: text.length / 6 }, (_, i) =>
      [0, 2, 4].map((at) => parseInt(text.slice(6 * i + at, 6 * i + at + 2), 16)));
  }

  // Light and dark: what the system asks for until the switch is used.
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = document.getElementById("theme");
  const nameTheme = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
  theme.hidden = false;
  nameTheme();
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    nameTheme();
    drawSignals();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { nameTheme(); drawSignals(); });
  const style = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  // The command line.
  const copy = document.getElementById("copy");
  if (copy) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      const command = document.getElementById("command");
      const range = document.createRange();
      range.selectNodeContents(command);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      try {
        if (navigator.clipboard) await navigator.clipboard.writeText(command.textContent);
        else document.execCommand("copy");
        copy.textContent = "Copied";
      } catch { copy.textContent = "Selected"; }
      setTimeout(() => { copy.textContent = "Copy"; }, 1500);
    });
  }

  // Sorting: numbers by value with empty cells last, words as people order them.
  const collator = new Intl.Collator("en", { numeric: true });
  for (const table of document.querySelectorAll("table")) {
    const heads = [...table.tHead.rows[0].cells];
    const body = table.tBodies[0];
    heads.forEach((head, column) => {
      if (!head.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const isNumber = head.classList.contains("number");
        const now = head.getAttribute("aria-sort");
        const ascends = now === "none" ? !isNumber : now === "descending";
        for (const other of heads) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", ascends ? "ascending" : "descending");
        const sign = ascends ? 1 : -1;
        const keyed = [...body.rows].map((row, index) => {
          const cell = row.cells[column];
          const number = cell.dataset.value === undefined ? NaN : Number(cell.dataset.value);
          return { row, index, number, text: cell.textContent };
        });
        keyed.sort((a, b) => {
          if (isNumber) {
            const [x, y] = [Number.isNaN(a.number), Number.isNaN(b.number)];
            if (x || y) return x - y || a.index - b.index;
            return sign * (a.number - b.number) || a.index - b.index;
          }
          return sign * collator.compare(a.text, b.text) || a.index - b.index;
        });
        body.append(...keyed.map((entry) => entry.row));
      });
    });
  }

  // Numbers: 32-bit floats, or 16-bit steps between the least and the largest.
  const unpack = (packed) => {
    if (!packed) return null;
    const text = atob(packed.f32 ?? packed.u16);
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    if (packed.f32 !== undefined) return { values: new Float32Array(bytes.buffer), digits: 7 };
    const steps = new Uint16Array(bytes.buffer);
    return { values: Float32Array.from(steps, (step) => packed.low + step * packed.step), digits: 4 };
  };
  const shown = (series, index) => String(Number(series.values[index].toPrecision(series.digits)));

  const open = (figure) => {
    if (figure.map) return figure.map;
    const article = figure.closest("article");
    if (!article.item) article.item = JSON.parse(article.querySelector("script").textContent);
    const item = article.item;
    if (item.input && !item.inputValues) item.inputValues = unpack(item.input);
    const map = item.maps[Number(figure.dataset.index)];
    map.numbers = unpack(map.values);
    map.spreadNumbers = unpack(map.spread);
    map.item = item;
    figure.map = map;
    return map;
  };

  // Images: colours as in the figures of SignalLens.
  const pictureValues = (article) => {
    const image = article.querySelector("figure.input img");
    if (!image) return null;
    const [rows, columns] = article.item.extents;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [columns, rows];
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, columns, rows);
    return context.getImageData(0, 0, columns, rows).data;
  };
  const rampColor = (ramp, fraction) => ramp[Math.round(Math.min(Math.max(fraction, 0), 1) * (ramp.length - 1))];
  // How far a value lies from zero, or from the lower end of a scale of one sign, from 0 to 1.
  const strengthOf = (map, value) => {
    const share = map.signed ? Math.abs(value) / map.reach : (value - map.floor) / (map.reach - map.floor);
    return Math.min(Math.max(share, 0), 1);
  };
  const paintImage = (figure, canvas) => {
    const map = open(figure);
    const article = figure.closest("article");
    const [rows, columns] = map.item.extents;
    [canvas.width, canvas.height] = [columns, rows];
    const ramp = ramps[map.signed ? "signed" : "nonNegative"];
    const view = document.getElementById("view");
    if (article.picture === undefined) article.picture = pictureValues(article);
    const picture = view && view.value === "map" ? null : article.picture;
    const pixels = new ImageData(columns, rows);
    const darkest = map.signed ? 0.42 : 0.28;
    for (let at = 0; at < rows * columns; at++) {
      const value = map.numbers.values[at];
      const fraction = map.signed ? (value / map.reach + 1) / 2 : strengthOf(map, value);
      let color = rampColor(ramp, fraction);
      if (picture) {
        const strength = strengthOf(map, value);
        if (map.signed && value !== 0) {
          const distance = 0.24 + 0.26 * strength;
          color = rampColor(ramp, value > 0 ? 0.5 + distance : 0.5 - distance);
        }
        const luma = (0.2126 * picture[4 * at] + 0.7152 * picture[4 * at + 1] + 0.0722 * picture[4 * at + 2]) / 255;
        const grey = 255 * (darkest + (0.97 - darkest) * luma);
        color = color.map((part) => grey + (part - grey) * 0.9 * strength);
      }
      for (let part = 0; part < 3; part++) pixels.data[4 * at + part] = color[part];
      pixels.data[4 * at + 3] = 255;
    }
    canvas.getContext("2d").putImageData(pixels, 0, 0);
  };
  const imageReading = (map, row, column) => {
    const columns = map.item.extents[1];
    const at = row * columns + column;
    const spread = map.spreadNumbers ? ` (${map.spreadName} ${shown(map.spreadNumbers, at)})` : "";
    return `row ${row}, column ${column}: ${shown(map.numbers, at)}${spread}`;
  };

  // Signals: the curve over strips coloured by the attribution, which stands as bars below.
  const [left, right, top, gap, barHeight, axisHeight] = [54, 8, 6, 8, 62, 30];
  const tickStep = (span, most) => {
    const raw = span / most;
    const power = 10 ** Math.floor(Math.log10(raw));
    return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= raw * 0.999);
  };
  const brief = (value) => {
    if (value === 0) return "0";
    const size = Math.abs(value);
    return size >= 1e5 || size < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
  };
  const range = (values, withZero) => {
    let [low, high] = [Infinity, -Infinity];
    for (const value of values) { if (value < low) low = value; if (value > high) high = value; }
    if (withZero) { low = Math.min(low, 0); high = Math.max(high, 0); }
    const room = high > low ? (high - low) * 0.06 : Math.max(Math.abs(high) * 0.5, 0.5);
    return [withZero && low === 0 && high > 0 ? 0 : low - room, withZero && high === 0 && low < 0 ? 0 : high + room];
  };
  const paintSignal = (figure) => {
    const canvas = figure.querySelector("canvas");
    const map = open(figure);
    const item = map.item;
    const count = item.extents[0];
    const channels = item.channels;
    const width = canvas.clientWidth;
    if (!width) return;
    const curveHeight = item.kind === "features" ? 80 : channels === 1 ? 110 : Math.max(44, 90 - 6 * channels);
    const curves = item.inputValues ? channels : 0;
    const height = top + curves * (curveHeight + gap) + barHeight + axisHeight;
    canvas.style.height = `${height}px`;
    const density = Math.max(2, window.devicePixelRatio || 1);
    const base = document.createElement("canvas");
    [base.width, base.height] = [width * density, height * density];
    const context = base.getContext("2d");
    context.scale(density, density);
    context.font = "11px system-ui, sans-serif";
    const [ink, quiet, line, panel] = ["--ink", "--quiet", "--line", "--panel"].map(style);
    const [positive, negative] = map.signed ? [style("--positive"), style("--negative")] : [style("--amount"), style("--amount")];
    const plot = width - left - right;
    const x = (position) => left + (position + 0.5) * plot / count;
    const values = map.numbers.values;
    const mapChannels = values.length / count;
    const columns = Math.min(count, Math.floor(plot));
    const part = (column) => [Math.floor(column * count / columns), Math.floor((column + 1) * count / columns)];
    const label = (text, at, y, align) => { context.fillStyle = quiet; context.textAlign = align; context.fillText(text, at, y); };
    const frame = (y, extent, [low, high]) => {
      context.strokeStyle = line;
      context.lineWidth = 1;
      context.strokeRect(left + 0.5, y + 0.5, plot - 1, extent - 1);
      label(brief(high), left - 5, y + 10, "right");
      label(brief(low), left - 5, y + extent - 2, "right");
    };
    for (let channel = 0; channel < curves; channel++) {
      const y = top + channel * (curveHeight + gap);
      context.fillStyle = panel;
      context.fillRect(left, y, plot, curveHeight);
      const own = mapChannels === channels ? channel : 0;
      for (let column = 0; column < columns; column++) {
        const [start, end] = part(column);
        let strongest = map.signed ? 0 : map.floor;
        for (let at = start; at < end; at++) {
          const value = values[at * mapChannels + own];
          if (strengthOf(map, value) > strengthOf(map, strongest)) strongest = value;
        }
        if (strengthOf(map, strongest) === 0) continue;
        context.globalAlpha = 0.75 * strengthOf(map, strongest);
        context.fillStyle = strongest > 0 ? positive : negative;
        const from = left + column * plot / columns;
        context.fillRect(from, y, plot / columns + 0.35, curveHeight);
      }
      context.globalAlpha = 1;
      const signal = Float32Array.from({ length: count }, (_, at) => item.inputValues.values[at * channels + channel]);
      const limits = range(signal, item.kind === "features");
      const place = (value) => y + curveHeight * (1 - (value - limits[0]) / (limits[1] - limits[0]));
      context.save();
      context.beginPath();
      context.rect(left, y, plot, curveHeight);
      context.clip();
      context.strokeStyle = ink;
      context.lineWidth = count > 2 * plot ? 0.8 : 1.6;
      context.lineJoin = "round";
      context.beginPath();
      if (item.kind === "features") {
        for (let at = 0; at < count; at++) {
          context.moveTo(x(at), place(0));
          context.lineTo(x(at), place(signal[at]));
        }
      } else {
        signal.forEach((value, at) => { if (at) context.lineTo(x(at), place(value)); else context.moveTo(x(at), place(value)); });
      }
      context.stroke();
      context.restore();
      frame(y, curveHeight, limits);
      if (channels > 1) label(`channel ${channel}`, left + 5, y + 12, "left");
    }
    const y = top + curves * (curveHeight + gap);
    const total = Float32Array.from({ length: count }, (_, at) => {
      let sum = 0;
      for (let channel = 0; channel < mapChannels; channel++) sum += values[at * mapChannels + channel];
      return sum;
    });
    const limits = range(total, true);
    const place = (value) => y + barHeight * (1 - (value - limits[0]) / (limits[1] - limits[0]));
    for (let column = 0; column < columns; column++) {
      const [start, end] = part(column);
      let [low, high] = [0, 0];
      for (let at = start; at < end; at++) { low = Math.min(low, total[at]); high = Math.max(high, total[at]); }
      const wide = plot / columns;
      const room = wide > 4 ? wide * 0.15 : 0;
      context.fillStyle = positive;
      if (high > 0) context.fillRect(left + column * wide + room, place(high), wide - 2 * room, place(0) - place(high));
      context.fillStyle = negative;
      if (low < 0) context.fillRect(left + column * wide + room, place(0), wide - 2 * room, place(low) - place(0));
    }
    if (map.spreadNumbers && mapChannels === 1 && columns === count) {
      context.strokeStyle = ink;
      context.lineWidth = 1;
      context.beginPath();
      total.forEach((value, at) => {
        context.moveTo(x(at), place(value - map.spreadNumbers.values[at]));
        context.lineTo(x(at), place(value + map.spreadNumbers.values[at]));
      });
      context.stroke();
    }
    context.strokeStyle = quiet;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(left, place(0));
    context.lineTo(left + plot, place(0));
    context.stroke();
    frame(y, barHeight, limits);
    const perSample = item.rate ? 1 / item.rate : 1;
    const step = tickStep(count * perSample, Math.max(2, Math.floor(plot / 60)));
    const bottom = y + barHeight;
    for (let tick = 0; tick <= (count - 1) * perSample + 1e-9; tick += Math.max(step, item.rate ? 0 : 1)) {
      const at = x(tick / perSample);
      context.strokeStyle = quiet;
      context.beginPath();
      context.moveTo(at, bottom);
      context.lineTo(at, bottom + 4);
      context.stroke();
      label(brief(tick), at, bottom + 14, "center");
    }
    label(item.kind === "features" ? "feature" : item.rate ? "time (s)" : "sample", left + plot / 2, bottom + 27, "center");
    figure.base = base;
    figure.place = { left, plot, count, x, bottom };
    [canvas.width, canvas.height] = [base.width, base.height];
    canvas.getContext("2d").drawImage(base, 0, 0);
  };
  const pointAtSignal = (article, position) => {
    for (const figure of article.querySelectorAll("figure.map")) {
      if (!figure.base) continue;
      const canvas = figure.querySelector("canvas");
      const context = canvas.getContext("2d");
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.drawImage(figure.base, 0, 0);
      const reading = figure.querySelector(".reading");
      if (position === null) { reading.textContent = "\u00a0"; continue; }
      const density = canvas.width / canvas.clientWidth;
      context.scale(density, density);
      context.strokeStyle = style("--accent");
      context.beginPath();
      context.moveTo(figure.place.x(position), top);
      context.lineTo(figure.place.x(position), figure.place.bottom);
      context.stroke();
      const map = figure.map;
      const item = map.item;
      const each = (series, text) => {
        const per = series.values.length / item.extents[0];
        return `${text} ${Array.from({ length: per }, (_, channel) => shown(series, position * per + channel)).join(", ")}`;
      };
      const where = item.kind === "features" ? `feature ${position}`
        : item.rate ? `position ${position} (${Number((position / item.rate).toPrecision(6))} s)` : `position ${position}`;
      reading.textContent = [
        where, item.inputValues && each(item.inputValues, "value"), each(map.numbers, "attribution"),
        map.spreadNumbers && each(map.spreadNumbers, map.spreadName),
      ].filter(Boolean).join(" · ");
    }
  };

  // The enlarged map.
  const zoom = document.getElementById("zoom");
  const stage = zoom.querySelector(".stage");
  const large = stage.querySelector("canvas");
  const state = { figure: null, scale: 1, x: 0, y: 0 };
  const apply = () => { large.style.transform = `translate(${state.x}px, ${state.y}px) scale(${state.scale})`; };
  const fit = () => {
    state.scale = Math.min(stage.clientWidth / large.width, stage.clientHeight / large.height);
    state.x = (stage.clientWidth - large.width * state.scale) / 2;
    state.y = (stage.clientHeight - large.height * state.scale) / 2;
    apply();
  };
  const zoomBy = (factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2) => {
    const scale = Math.min(Math.max(state.scale * factor, 0.2), 80);
    state.x = x - (x - state.x) * scale / state.scale;
    state.y = y - (y - state.y) * scale / state.scale;
    state.scale = scale;
    apply();
  };
  const enlarge = (figure) => {
    state.figure = figure;
    zoom.querySelector("h2").textContent =
      `${figure.querySelector("figcaption b").textContent}: ${figure.closest("article").querySelector("h3").textContent}`;
    paintImage(figure, large);
    zoom.querySelector(".reading").textContent = "";
    zoom.showModal();
    fit();
    stage.focus();
  };
  zoom.addEventListener("click", (event) => {
    const action = event.target.dataset?.zoom;
    if (action === "in") zoomBy(1.5);
    if (action === "out") zoomBy(1 / 1.5);
    if (action === "fit") fit();
    if (action === "close") zoom.close();
  });
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = stage.getBoundingClientRect();
    zoomBy(Math.exp(-event.deltaY * 0.002), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  stage.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };
    if (event.key === "+" || event.key === "=") zoomBy(1.25);
    else if (event.key === "-") zoomBy(0.8);
    else if (event.key === "0") fit();
    else if (moves[event.key]) { state.x += moves[event.key][0]; state.y += moves[event.key][1]; apply(); }
    else return;
    event.preventDefault();
  });
  stage.addEventListener("pointerdown", (event) => { state.from = [event.clientX - state.x, event.clientY - state.y]; stage.setPointerCapture(event.pointerId); });
  stage.addEventListener("pointerup", () => { state.from = null; });
  stage.addEventListener("pointermove", (event) => {
    if (state.from) { [state.x, state.y] = [event.clientX - state.from[0], event.clientY - state.from[1]]; apply(); }
    const box = stage.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left - state.x) / state.scale);
    const row = Math.floor((event.clientY - box.top - state.y) / state.scale);
    const map = state.figure.map;
    const [rows, columns] = map.item.extents;
    const isInside = row >= 0 && row < rows && column >= 0 && column < columns;
    zoom.querySelector(".reading").textContent = isInside ? imageReading(map, row, column) : "";
  });

  // Every map is drawn in turn; what the pointer or the arrow keys are at is told below it.
  const figures = [...document.querySelectorAll("figure.map")];
  const kind = (figure) => figure.closest("article").dataset.kind;
  const draw = (figure) => {
    if (kind(figure) === "image") paintImage(figure, figure.querySelector("canvas")); else paintSignal(figure);
  };
  function drawSignals() { figures.filter((figure) => kind(figure) !== "image").forEach(paintSignal); }
  for (const figure of figures) {
    const canvas = figure.querySelector("canvas");
    const article = figure.closest("article");
    const reading = figure.querySelector(".reading");
    figure.at = [0, 0];
    if (kind(figure) === "image") {
      const tell = () => { reading.textContent = imageReading(open(figure), ...figure.at); };
      canvas.addEventListener("pointermove", (event) => {
        const [rows, columns] = open(figure).item.extents;
        const box = canvas.getBoundingClientRect();
        const cell = (share, count) => Math.min(Math.max(Math.floor(share * count), 0), count - 1);
        figure.at = [cell((event.clientY - box.top) / box.height, rows), cell((event.clientX - box.left) / box.width, columns)];
        tell();
      });
      canvas.addEventListener("pointerleave", () => { reading.textContent = "\u00a0"; });
      canvas.addEventListener("click", () => enlarge(figure));
      canvas.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); enlarge(figure); return; }
        const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
        if (!moves[event.key]) return;
        event.preventDefault();
        figure.at = figure.at.map((place, axis) =>
          Math.min(Math.max(place + moves[event.key][axis], 0), open(figure).item.extents[axis] - 1));
        tell();
      });
    } else {
      canvas.addEventListener("pointermove", (event) => {
        const box = canvas.getBoundingClientRect();
        const { left, plot, count } = figure.place;
        const at = Math.floor((event.clientX - box.left - left) / plot * count);
        figure.at = [Math.min(Math.max(at, 0), count - 1)];
        pointAtSignal(article, figure.at[0]);
      });
      canvas.addEventListener("pointerleave", () => pointAtSignal(article, null));
      canvas.addEventListener("keydown", (event) => {
        const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!move) return;
        event.preventDefault();
        figure.at = [Math.min(Math.max(figure.at[0] + move, 0), figure.place.count - 1)];
        pointAtSignal(article, figure.at[0]);
      });
    }
  }
  const queue = [...figures];
  const drawNext = () => {
    const until = performance.now() + 30;
    while (queue.length && performance.now() < until) draw(queue.shift());
    if (queue.length) setTimeout(drawNext, 0);
  };
  const images = [...document.querySelectorAll("figure.input img")];
  Promise.allSettled(images.map((image) => image.decode())).then(drawNext);
  for (const canvas of document.querySelectorAll("canvas.ramp")) {
    const ramp = ramps[canvas.dataset.signed === "true" ? "signed" : "nonNegative"];
    const context = canvas.getContext("2d");
    for (let at = 0; at < 256; at++) {
      context.fillStyle = `rgb(${rampColor(ramp, at / 255).join(" ")})`;
      context.fillRect(at, 0, 1, 1);
    }
  }
  const view = document.getElementById("view");
  if (view) {
    view.closest("p").hidden = false;
    view.addEventListener("change", () => figures.filter((figure) => kind(figure) === "image").forEach(draw));
  }
  let resizing;
  addEventListener("resize", () => { clearTimeout(resizing); resizing = setTimeout(drawSignals, 120); });

  // Paper is light, whatever the screen is, and shows what is folded away.
  let before;
  addEventListener("beforeprint", () => {
    before = root.dataset.theme;
    root.dataset.theme = "light";
    while (queue.length) draw(queue.shift());
    drawSignals();
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  addEventListener("afterprint", () => {
    if (before === undefined) delete root.dataset.theme; else root.dataset.theme = before;
    drawSignals();
  });
})();
