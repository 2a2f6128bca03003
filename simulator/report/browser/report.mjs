// simulator/report/browser/report.mjs — Draws the charts of report.html with uPlot.
const uPlot = window.uPlot;
const charts = JSON.parse(document.getElementById('charts').textContent);
const HEIGHT = 230;
const FONT = '12px system-ui, sans-serif';
/** With fewer samples than this a line alone hides where they are. */
const SHOW_POINTS_BELOW = 40;
const PAPER_WIDTH = 680;
let plots = [];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function short(value) {
  for (const [size, unit] of [
    [1e6, 'M'],
    [1e3, 'k'],
  ]) {
    if (Math.abs(value) >= size) return `${+(value / size).toPrecision(3)}${unit}`;
  }
  return String(+value.toPrecision(3));
}

/** `12 s`, in a long run `3:20`, in a very long one `5:40 h`: one form on a whole axis. */
function clockOf(chart) {
  const end = chart.x.at(-1);
  const pair = (large, small) => `${large}:${String(small).padStart(2, '0')}`;
  if (end < 120) return (seconds) => `${+seconds.toFixed(1)} s`;
  if (end < 7200) return (seconds) => pair(Math.floor(Math.round(seconds) / 60), Math.round(seconds) % 60);
  return (seconds) => `${pair(Math.floor(Math.round(seconds / 60) / 60), Math.round(seconds / 60) % 60)} h`;
}

function milliseconds(value) {
  return value >= 1000 ? `${short(value / 1000)} s` : `${short(value)} ms`;
}

function percent(nines) {
  return `${+(100 * (1 - 10 ** -nines)).toFixed(Math.max(0, Math.ceil(nines - 0.001) - 1))} %`;
}

const HALF = Math.log10(2);
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
const xAxes = {
  seconds: { label: 'time', textOf: clockOf, axis: { incrs: STEPS } },
  nines: {
    label: 'percentile',
    textOf: () => percent,
    axis: { splits: (_, __, low, high) => [0, HALF, 1, 2, 3, 4, 5, 6, 7].filter((at) => at >= low && at <= high) },
  },
};

/** On a logarithmic axis only powers of ten get a line: the rest would be a wall. */
function axis({ isLogarithmic = false, ...more }) {
  const isPower = (at) => Math.abs(Math.log10(at) - Math.round(Math.log10(at))) < 1e-9;
  const filter = (_, splits) => (isLogarithmic ? splits.map((at) => (isPower(at) ? at : null)) : splits);
  const line = { stroke: colour('line'), width: 1, filter };
  return { stroke: colour('soft'), font: FONT, grid: line, ticks: { ...line, size: 4 }, ...more };
}

function optionsOf(chart, width) {
  const x = xAxes[chart.xUnit];
  const text = x.textOf(chart);
  const yText = chart.yUnit === 'ms' ? milliseconds : short;
  const value = (_, at) => (at == null ? '–' : yText(at));
  const hasPoints = chart.xUnit === 'seconds' && chart.x.length < SHOW_POINTS_BELOW;
  const series = chart.lines.map((line) => {
    const stroke = colour(`line${line.colour}`);
    return {
      label: line.label,
      stroke,
      value,
      width: line.isDashed ? 1.5 : 2,
      points: { show: hasPoints && !line.isDashed, size: 5, fill: stroke },
      ...(line.isDashed ? { dash: [6, 4] } : {}),
      ...(line.isFilled ? { fill: `${stroke}22` } : {}),
    };
  });
  return {
    width,
    height: HEIGHT,
    padding: [chart.marks.length > 0 ? 18 : 8, 14, 0, 0],
    cursor: chart.xUnit === 'seconds' ? { sync: { key: 'time' }, drag: { x: true, y: false } } : {},
    scales: {
      x: { time: false, range: (_, low, high) => [chart.xUnit === 'seconds' ? 0 : low, high] },
      y: chart.isLogarithmic ? { distr: 3 } : { range: (_, __, high) => [0, (high || 1) * 1.06] },
    },
    axes: [
      axis({ ...x.axis, size: 32, values: (_, ticks) => ticks.map(text) }),
      axis({
        size: 62,
        isLogarithmic: chart.isLogarithmic,
        values: (_, ticks) => ticks.map((at) => (at == null ? '' : yText(at))),
      }),
    ],
    legend: { markers: { dash: (plot, index) => (plot.series[index].dash ? 'dashed' : 'solid') } },
    series: [{ label: x.label, value: (_, at) => (at == null ? '–' : text(at)) }, ...series],
    hooks: { draw: [(plot) => drawMarks(plot, chart.marks)] },
  };
}

/** Where phases begin: a thin line, and the name where there is room for it. */
function drawMarks(plot, marks) {
  const { ctx, bbox } = plot;
  const ratio = window.devicePixelRatio || 1;
  ctx.save();
  ctx.font = `${12 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = colour('soft');
  ctx.strokeStyle = colour('soft');
  ctx.lineWidth = ratio;
  ctx.setLineDash([2 * ratio, 3 * ratio]);
  let free = bbox.left;
  for (const { x, label } of marks) {
    const at = Math.round(plot.valToPos(x, 'x', true));
    if (at < bbox.left || at > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    const width = ctx.measureText(label).width;
    // A name that would leave the chart on the right stands before its line.
    const start = Math.min(at, bbox.left + bbox.width - width);
    if (start < free) continue;
    ctx.fillText(label, start, bbox.top - 6 * ratio);
    free = start + width + 10 * ratio;
  }
  ctx.restore();
}

function drawAll(paperWidth) {
  for (const plot of plots) plot.destroy();
  plots = charts.map((chart) => {
    const holder = document.getElementById(`chart-${chart.id}`);
    const width = paperWidth ? Math.min(paperWidth, holder.clientWidth) : holder.clientWidth;
    // Zero and less have no place on a logarithmic axis.
    const shown = (value) => (value == null || (chart.isLogarithmic && value <= 0) ? null : value);
    return new uPlot(optionsOf(chart, width), [chart.x, ...chart.lines.map((line) => line.values.map(shown))], holder);
  });
}

function fitAll() {
  for (const plot of plots) plot.setSize({ width: plot.root.parentElement.clientWidth, height: HEIGHT });
}

// On paper: light colours, everything unfolded.
window.addEventListener('beforeprint', () => {
  document.documentElement.dataset.paper = '';
  for (const folded of document.querySelectorAll('main details:not(#replay *):not([open])')) folded.open = true;
  drawAll(PAPER_WIDTH);
});
window.addEventListener('afterprint', () => {
  delete document.documentElement.dataset.paper;
  drawAll();
});
window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawAll());
window.addEventListener('resize', fitAll);
drawAll();
