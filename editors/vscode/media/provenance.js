// Draws the graph that the extension sends: what something rests on to the right of it, what rests
// on it to the left. No library; what comes from files is set as text, never as markup.

(() => {
  const vscode = acquireVsCodeApi()
  const svg = document.getElementById('graph')
  const says = document.getElementById('says')
  const follow = document.getElementById('follow')
  const WIDTH = 216
  const HEIGHT = 66
  const ACROSS = 60
  const DOWN = 16
  const MARGIN = 18
  const KINDS = { source: 'source', claim: 'claim', article: 'article' }

  let graph
  /** Of the boxes, and after them of the ties that pass a column. */
  let places = []
  /** Of each tie the places that it goes through. */
  let routes = []
  let groups = []
  let size = { x: 0, y: 0, width: 100, height: 100 }
  let view = { ...size }

  const make = (name, attributes = {}, parent) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
    parent?.append(element)
    return element
  }

  function look(next) {
    // Neither lost in the distance nor inside a letter.
    const width = Math.min(Math.max(next.width, 120), Math.max(size.width, 400) * 4)
    const scale = width / next.width
    view = { x: next.x, y: next.y, width, height: next.height * scale }
    svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`)
  }

  /** All of it where that can be read, else as much around the middle as can be. */
  function fit() {
    const { clientWidth: width, clientHeight: height } = svg
    if (!width || !height) return
    const scale = Math.min(1.15, width / size.width, height / size.height)
    const [w, h] = [width / scale, height / scale]
    look({ x: size.x + size.width / 2 - w / 2, y: size.y + size.height / 2 - h / 2, width: w, height: h })
  }

  function begin() {
    const { clientWidth: width, clientHeight: height } = svg
    fit()
    const READABLE = 0.75
    if (!width || width / view.width >= READABLE || !places[0]) return
    const [w, h] = [width / READABLE, height / READABLE]
    // No more beside it than need be.
    const near = (middle, length, start, whole) =>
      whole <= length ? start + whole / 2 - length / 2 : Math.min(Math.max(middle - length / 2, start), start + whole - length)
    look({
      x: near(places[0].x + WIDTH / 2, w, size.x, size.width),
      y: near(places[0].y + HEIGHT / 2, h, size.y, size.height),
      width: w, height: h,
    })
  }

  function zoom(factor, at) {
    const centre = at ?? { x: view.x + view.width / 2, y: view.y + view.height / 2 }
    look({
      x: centre.x - (centre.x - view.x) * factor,
      y: centre.y - (centre.y - view.y) * factor,
      width: view.width * factor,
      height: view.height * factor,
    })
  }

  /** Columns beside one another; in each, boxes as near as can be to what they are tied to. A tie
   * that passes a column has room of its own in it, so that it never runs behind a box. */
  function arrange() {
    const nodes = graph.boxes.map(({ column }) => ({ column, height: HEIGHT }))
    const links = []
    routes = graph.ties.map(([from, to]) => {
      const way = [from]
      for (let column = graph.boxes[from].column + 1; column < graph.boxes[to].column; column++) {
        way.push(nodes.length)
        nodes.push({ column, height: 8 })
      }
      way.push(to)
      for (let step = 1; step < way.length; step++) links.push([way[step - 1], way[step]])
      return way
    })
    const columns = new Map()
    nodes.forEach(({ column }, number) => columns.set(column, [...(columns.get(column) ?? []), number]))
    const order = [...columns.keys()].sort((a, b) => Math.abs(a) - Math.abs(b))
    for (const column of order) {
      const mean = (number) => {
        const near = links.flatMap(([a, b]) => (a === number ? [b] : b === number ? [a] : []))
          .map((other) => nodes[other].middle).filter((one) => one !== undefined)
        return near.length > 0 ? near.reduce((a, b) => a + b, 0) / near.length : 0
      }
      const means = new Map(columns.get(column).map((number) => [number, mean(number)]))
      const sorted = columns.get(column).sort((a, b) => means.get(a) - means.get(b) || a - b)
      const height = sorted.reduce((sum, number) => sum + nodes[number].height + DOWN, -DOWN)
      let top = -height / 2
      for (const number of sorted) {
        const node = nodes[number]
        node.x = column * (WIDTH + ACROSS)
        node.y = top
        node.middle = top + node.height / 2
        top += node.height + DOWN
      }
    }
    places = nodes
    // With room for the number of those that are left out.
    const ROOM = 40
    const left = Math.min(...places.map(({ x }, number) => x - (graph.boxes[number]?.more.in > 0 ? ROOM : 0)))
    const top = Math.min(...places.map(({ y }) => y))
    const right = Math.max(...places.map(({ x }, number) => x + WIDTH + (graph.boxes[number]?.more.out > 0 ? ROOM : 0)))
    const bottom = Math.max(...places.map(({ y, height }) => y + height))
    size = { x: left - MARGIN, y: top - MARGIN - 22, width: right - left + 2 * MARGIN, height: bottom - top + 2 * MARGIN + 22 }
  }

  /** The line of a tie, from box to box. */
  function line(route) {
    let path = ''
    for (let step = 1; step < route.length; step++) {
      const [a, b] = [places[route[step - 1]], places[route[step]]]
      // A tie within a column, or back, goes around.
      const forward = b.x > a.x
      const isEnd = step === route.length - 1
      const end = b.x + (forward ? 0 : WIDTH + 4) - (isEnd ? 2 : 0)
      const start = a.x + WIDTH
      const bend = forward ? Math.max(36, (end - start) / 2) : 60
      path += `${path === '' ? 'M' : 'L'}${start} ${a.middle}C${start + bend} ${a.middle} ${end + (forward ? -bend : bend)} ${b.middle} ${end} ${b.middle}`
    }
    return path
  }

  function draw() {
    arrange()
    svg.replaceChildren()
    groups = []
    // A click counts a moment later, when something else may be drawn.
    const own = graph.number
    const marker = make('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' }, make('defs', {}, svg))
    make('path', { d: 'M0 0L8 4L0 8z', class: 'arrow' }, marker)
    const headings = [[0, 'looked at'], [1, 'it rests on'], [-1, 'rests on it']]
    for (const [column, words] of headings) {
      if (!graph.boxes.some((box) => box.column === column)) continue
      make('text', { x: column * (WIDTH + ACROSS) + WIDTH / 2, y: size.y + 26, class: 'heading' }, svg).textContent = words
    }
    graph.ties.forEach(([from, to], number) => {
      const tie = make('path', { d: line(routes[number]), class: 'tie', 'marker-end': 'url(#arrow)' }, svg)
      tie.dataset.from = from
      tie.dataset.to = to
    })
    graph.boxes.forEach((box, number) => {
      const { x, y } = places[number]
      const isGone = /\b(retracted|withdrawn)\b/i.test(box.detail)
      const group = make('g', {
        class: `box ${box.kind}${number === 0 ? ' middle' : ''}${isGone ? ' withdrawn' : ''}`,
        transform: `translate(${x} ${y})`, tabindex: number === 0 ? 0 : -1, role: 'button', 'aria-label': aloud(box, number),
      }, svg)
      make('title', {}, group).textContent = [box.name, box.detail, box.file].filter(Boolean).join('\n')
      make('rect', { class: 'frame', width: WIDTH, height: HEIGHT, rx: box.kind === 'claim' ? 12 : 3 }, group)
      make('rect', { class: 'stripe', x: 5, y: 7, width: 4, height: HEIGHT - 14, rx: 2 }, group)
      const inside = document.createElement('div')
      inside.className = 'inside'
      for (const [kind, words] of [['kind', KINDS[box.kind]], ['name', box.name], ['detail', box.detail || box.file]]) {
        const part = document.createElement('div')
        part.className = kind
        part.textContent = words
        inside.append(part)
      }
      make('foreignObject', { width: WIDTH, height: HEIGHT }, group).append(inside)
      // Each on its side. Beside the ties, which come to the middle.
      for (const [side, x, anchor] of [['in', -8, 'end'], ['out', WIDTH + 8, 'start']]) {
        if (box.more[side] === 0) continue
        make('text', { class: 'more', x, y: 14, 'text-anchor': anchor }, group).textContent = `+ ${box.more[side]}`
      }
      let click
      group.addEventListener('click', () => {
        if (panned) return
        focus(number)
        clearTimeout(click)
        click = setTimeout(() => vscode.postMessage({ do: 'open', box: number, graph: own }), 260)
      })
      group.addEventListener('dblclick', () => {
        clearTimeout(click)
        vscode.postMessage({ do: 'centre', box: number, graph: own })
      })
      group.addEventListener('focus', () => light(number))
      group.addEventListener('mouseenter', () => light(number))
      group.addEventListener('mouseleave', () => light(groups.indexOf(document.activeElement)))
      groups.push(group)
    })
  }

  function aloud(box, number) {
    const on = graph.ties.filter(([from]) => from === number).length
    const by = graph.ties.filter(([, to]) => to === number).length
    const more = (left) => (left > 0 ? ` and ${left} more that are not drawn` : '')
    return `${KINDS[box.kind]} ${box.name}. ${box.detail}. Rests on ${on}${more(box.more.out)}, ${by}${more(box.more.in)} rest on it.`
  }

  function light(number) {
    for (const tie of svg.querySelectorAll('.tie')) {
      tie.classList.toggle('lit', Number(tie.dataset.from) === number || Number(tie.dataset.to) === number)
    }
  }

  function focus(number) {
    if (!groups[number]) return
    groups.forEach((group, own) => group.setAttribute('tabindex', own === number ? 0 : -1))
    groups[number].focus({ preventScroll: true })
    const { x, y } = places[number]
    // What has the focus is seen.
    const inX = x > view.x && x + WIDTH < view.x + view.width
    const inY = y > view.y && y + HEIGHT < view.y + view.height
    if (!inX || !inY) {
      look({ ...view, x: inX ? view.x : x + WIDTH / 2 - view.width / 2, y: inY ? view.y : y + HEIGHT / 2 - view.height / 2 })
    }
  }

  /** The box to go to from one by an arrow key: tied ones first, then the nearest. */
  function beside(number, across, down) {
    const here = graph.boxes[number].column
    const tied = new Set(graph.ties.flatMap(([a, b]) => (a === number ? [b] : b === number ? [a] : [])))
    const column = here + across
    const all = graph.boxes.map((_, other) => other).filter((other) => other !== number && graph.boxes[other].column === column)
    const way = (other) => places[other].y - places[number].y
    const open = down === 0 ? all : all.filter((other) => Math.sign(way(other)) === down)
    const far = (other) => Math.abs(way(other)) + (across !== 0 && !tied.has(other) ? 1e6 : 0)
    return open.sort((a, b) => far(a) - far(b))[0]
  }

  document.addEventListener('keydown', (event) => {
    const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    const number = groups.indexOf(document.activeElement)
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (arrow && graph) {
      const next = number < 0 ? 0 : beside(number, ...arrow)
      if (next !== undefined) focus(next)
    } else if (number >= 0 && event.key === 'Enter') vscode.postMessage({ do: 'open', box: number, graph: graph.number })
    else if (number >= 0 && event.key === ' ') vscode.postMessage({ do: 'centre', box: number, graph: graph.number })
    else if (event.key === '+' || event.key === '=') zoom(0.8)
    else if (event.key === '-') zoom(1.25)
    else if (event.key === '0') fit()
    else return
    event.preventDefault()
  })

  const point = (event) => {
    const { left, top, width, height } = svg.getBoundingClientRect()
    return { x: view.x + ((event.clientX - left) / width) * view.width, y: view.y + ((event.clientY - top) / height) * view.height }
  }
  svg.addEventListener('wheel', (event) => {
    event.preventDefault()
    if (event.ctrlKey || event.metaKey) zoom(Math.exp(event.deltaY * 0.004), point(event))
    else look({ ...view, x: view.x + event.deltaX * (view.width / svg.clientWidth), y: view.y + event.deltaY * (view.width / svg.clientWidth) })
  }, { passive: false })

  let panned = false
  svg.addEventListener('pointerdown', (event) => {
    panned = false
    const from = { x: event.clientX, y: event.clientY, view: { ...view } }
    const move = (now) => {
      const [dx, dy] = [now.clientX - from.x, now.clientY - from.y]
      if (!panned && Math.hypot(dx, dy) < 4) return
      panned = true
      svg.classList.add('pans')
      const scale = view.width / svg.clientWidth
      look({ ...view, x: from.view.x - dx * scale, y: from.view.y - dy * scale })
    }
    const end = () => {
      svg.classList.remove('pans')
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', end)
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', end)
  })

  document.getElementById('in').addEventListener('click', () => zoom(0.8))
  document.getElementById('out').addEventListener('click', () => zoom(1.25))
  document.getElementById('fit').addEventListener('click', fit)
  follow.addEventListener('click', () => {
    const follows = follow.getAttribute('aria-pressed') !== 'true'
    follow.setAttribute('aria-pressed', String(follows))
    vscode.postMessage({ do: 'follow', follows })
  })
  new ResizeObserver(() => graph && begin()).observe(svg)

  window.addEventListener('message', ({ data }) => {
    const had = groups.includes(document.activeElement)
    graph = data
    follow.setAttribute('aria-pressed', String(graph.follows))
    draw()
    begin()
    if (had) focus(0)
    says.textContent = aloud(graph.boxes[0], 0)
  })
  vscode.postMessage({ do: 'ready' })
})()
