# The page in English. Every language has the same names with the same arguments; a test holds them together.

# Head
project-sample = Sample: a small Node service
undo = Undo the last edit
redo = Redo
header-settings = Settings
language = Language
theme = Colours
theme-system = System
theme-light = Light
theme-dark = Dark
build = Build
build-hint = Build (Ctrl+Enter)
options = Options of docker build
store = Store
store-hint = How the engine keeps images. Each store has a build cache of its own.
store-overlay2 = Counts the bytes of files. COPY --link is a plain COPY.
store-containerd = The default of new installs. Counts blocks of 4 kB, and COPY --link does not depend on the layers below.
target-last = last stage
argument-name = Name
argument-value = Value
argument-add = Add
argument-remove = Remove { $name }
machine-button = Machine: { $name }
machine-hint = What times are estimated for. Sizes and cache hits stay the same.
machine-laptop = laptop
machine-laptop-hint = 8 cores, a fast disk, 100 Mbit/s
machine-ci = CI runner
machine-ci-hint = 4 slower cores, a network disk, 1000 Mbit/s
machine-wifi = conference Wi-Fi
machine-wifi-hint = The laptop with 4 Mbit/s and a slow reply
machine-own = my own
machine-figures = The figures. Change any of them.
machine-network = Download
machine-latency = First reply
machine-disk = Disk writes
machine-file = Creating a file
machine-container = Starting a RUN
machine-command = A simple command
machine-cores = Steps at once
machine-compile = Compilers take
machine-packages = Package managers take
machine-compress = Compression takes
unit-megabits = Mbit/s
unit-megabytes = MB/s
unit-milliseconds = ms
unit-microseconds = µs
unit-cores = cores
unit-percent = %
more = More
prune = Empty the cache
prune-hint = docker builder prune --all: the next build starts without a cache
reset = Start over
reset-hint = Open the sample project again, with an empty cache
dismiss = Dismiss

# Editor
editor-title = Source
editor-label = Text of { $path }
editor-help = Press Tab to leave the editor; indent with spaces. Ctrl+Enter builds.
editor-keys = Ctrl+] and Ctrl+[ indent, Ctrl+Space offers what could stand here, Ctrl+I explains what is here, Ctrl+/ makes a comment, Alt with an arrow up or down moves the line. Escape closes what is open.
editor-limited = Colours are off here: a line of this text is very long.
editor-offers = What could stand here
editor-control-character = Control character
editor-selection-deleted = Selection deleted

search-find = Find
search-replace = Replace with
search-next = Next
search-previous = Previous
search-all = All
search-case = Match case
search-regexp = Regular expression
search-word = Whole words
search-replace-one = Replace
search-replace-all = Replace all
search-close = Close the search
search-current = Match
search-on-line = on line
search-replaced-one = Replaced the match on line $
search-replaced = Replaced matches: $
file-not-text = This file is not text, or too large to edit here ({ $size }).
file-not-there = There is no such file any more.
file-draft = There is no .dockerignore: every file of the context is sent. Type patterns here to make one.
problems-none = Nothing to say: no error, none of Docker’s build checks, no tip.
problems-errors = Errors
problems-errors-hint = The build stops here.
problems-checks = Docker’s build checks
problems-checks-hint = What docker build --check warns of, in Docker’s words.
problems-tips = Tips
problems-tips-hint = What could be better, by Layerlab: read off what this build does.
problems-notes = Notes
problems-notes-hint = How Layerlab reads this file.
problem-more = Docker’s page on this
severity-tip = Tip
problem-line = Line { $line }
problem-whole-file = Whole file
problem-docs = Docker’s page on { $rule }
more-problems = and { $count } more
severity-error = Error
severity-warning = Warning
severity-note = Note

# What the editor offers, and says of a place
offer-stage = stage
offer-images = { $count ->
    [one] { $count } tag
   *[other] { $count } tags
}
note-variable = Here it is “{ $value }”.
note-variable-empty = Here it is set, and empty.
note-variable-unset = It is not set here: Docker puts nothing in its place.
note-variable-argument = Set by ARG: only during the build.
note-variable-environment = Set by ENV or the base image: in the container too.
note-path = { $count ->
    [one] { $count } file of the build context, { $size }
   *[other] { $count } files of the build context, { $size }
}
about-FROM = Begins a stage, and says what it is built on: an image, an earlier stage, or scratch for nothing at all.
about-RUN = Runs a command in a container, and keeps what it changed as a layer. It comes from the cache while its text and all before it are the same.
about-COPY = Copies files of the build context, or of another stage or image, into the image. It comes from the cache while the files are the same.
about-ADD = Copies as COPY does, and also fetches addresses and unpacks local archives. Where that is not needed, COPY says more clearly what happens.
about-WORKDIR = Sets the directory that the instructions below and the container start in, and makes it where it is missing.
about-ENV = Sets variables for the instructions below and for the container. A changed value makes the RUNs below run again.
about-ARG = Declares a variable that --build-arg can set. It is there during the build only, and in its own stage only.
about-CMD = What the container starts, or the arguments of ENTRYPOINT. docker run can put something else in its place. Only the last one counts.
about-ENTRYPOINT = The program that the container is. What is given to docker run, or else CMD, becomes its arguments.
about-EXPOSE = Notes which port the program listens on. It opens none: docker run --publish does.
about-USER = The user for the RUNs below and for the container. Without it that is root.
about-LABEL = Notes for people and tools, kept in the image’s configuration.
about-VOLUME = A directory that each container gets a volume for. What later instructions change in it is kept in the image all the same, but hard to see.
about-HEALTHCHECK = A command by which Docker sees whether the container still works.
about-SHELL = The program that runs the commands that are written as plain text.
about-STOPSIGNAL = The signal that docker stop sends to the program.
about-ONBUILD = An instruction for later: it is carried out when another image is built on this one.
about-MAINTAINER = The author; out of use. LABEL says it today.
about-flag-platform = Takes the image for this platform, whichever one the build is for.
about-flag-mount = Makes files available to this RUN alone: nothing of them stays in the layer.
about-flag-network = Which network the command has: default, none or host.
about-flag-device = Makes a device of the machine available to this RUN.
about-flag-chmod = The mode that the files get: 755, or a change such as u=rwX.
about-flag-chown = The owner and group that the files get; without it root, whatever USER says.
about-flag-exclude = Leaves out what fits this pattern. Can be given several times.
about-flag-from = Takes the files from a stage or an image instead of the build context.
about-flag-link = Makes a layer of its own that does not depend on those below, so that they can change without it running again.
about-flag-checksum = What the fetched file has to be: its digest. Anything else ends the build.
about-flag-keep-git-dir = Keeps the .git folder of a repository that is fetched.
about-flag-unpack = Whether archives are unpacked: local ones are unless this is false, fetched ones only if it is true.
about-flag-interval = The time between two checks. 30s unless set.
about-flag-timeout = A check that takes longer has failed. 30s unless set.
about-flag-start-period = Failures in this time after the start do not count.
about-flag-start-interval = The time between checks during the start period.
about-flag-retries = So many failures in a row make the container unhealthy. 3 unless set.
about-mount-bind = Files of the build context, a stage or an image, without copying them into a layer.
about-mount-cache = A directory that stays from build to build, for package managers and compilers. It is in no layer and in no image.
about-mount-tmpfs = An empty directory in memory, gone after the RUN.
about-mount-secret = A secret of the docker build command as a file or variable. It is in no layer and not in the history.
about-mount-ssh = The SSH agent of who builds, for private repositories. No key gets into the image.
about-key-type = What kind of mount it is: bind unless set.
about-key-source = The path that is mounted, from the root of where it comes from.
about-key-target = Where it is mounted.
about-key-from = The stage or image that the files come from. Without it the build context; for a cache nothing.
about-key-rw = The command may write. What it writes is thrown away.
about-key-readonly = The command may not write.
about-key-id = Names the cache, secret or agent. Mounts with the same id share a cache; without one the target is the id.
about-key-sharing = What happens when two steps want the cache at the same time: shared, private (one each) or locked (one waits).
about-key-required = Without the secret or agent the build fails, where it would go on otherwise.
about-key-size = The most that may be put into it.
about-key-mode = The mode of the file or directory, in octal digits.
about-key-uid = The number of its owner.
about-key-gid = The number of its group.
about-key-env = The variable that the secret is put into.

# Files
files-title = Build context
files-sum = { $count ->
    [one] { $count } file
   *[other] { $count } files
} · { $sent } sent of { $all }
files-filter = Filter files
files-left-out = { $count } more are not listed. Close folders, or filter.
file-actions = Actions on { $path }
file-target = Selected: { $path }
file-target-folder = Selected: { $path } with all that is in it
files-none = The context is empty. A build needs a Dockerfile: add one with New file.
files-none-match = No file matches the filter.
file-new = New file
file-new-name = Path of the new file; with a slash at the end, of a folder
file-rename = Rename
file-other-name = New path
file-name-ok = OK
file-touch-hint = Set the modification time to now. Does the cache care?
file-chmod-hint = Change the executable bit
file-mode = New mode: 644, or a change such as u+x,go=r
file-mode-hint = Set any mode
file-no-mode = That is no mode. Write up to four octal digits (755), or a change as chmod takes it (u+x).
file-made-big = { $path } holds 100 MB of zeros now
file-undo = Undo
file-big = 100 MB
file-big-hint = Replace the content with 100 MB of the character 0
file-delete = Delete
file-changed = edited
file-ignored = ignored by { $pattern }

# Explanations
ask-about = What does “{ $term }” mean?
glossary-title = Words and why
glossary-button = Help
glossary-instructions = Instructions
glossary-flags = Flags
glossary-mounts = Kinds of RUN --mount
glossary-keys = Keys of RUN --mount
dialog-close = Close

keys-button = Keyboard shortcuts
keys-title = Keyboard shortcuts
keys-list-on = The ? key opens this list
keys-page = Everywhere
keys-build = Build
keys-list = This list, unless you are typing
keys-close = Close what is open
keys-editor = In the editor
keys-offer = Offer what could stand here
keys-explain = Explain what is here
keys-find = Find and replace
keys-find-next = Next and previous match
keys-undo = Undo
keys-redo = Redo
keys-indent = Indent more or less
keys-comment = Comment on or off
keys-move-line = Move the instruction (in other files the line)
keys-copy-line = Copy the line
keys-delete-line = Delete the line
keys-leave = Leave the editor
keys-tabs = On a tab
keys-tab = Go to another tab
keys-close-tab = Close the tab of a file
keys-files = In a list of files
keys-file = Go to another file
keys-fold = Close or open a folder
keys-open = Open the file
keys-rename = Rename (build context)
keys-delete = Delete (build context)
keys-graph = In the graph
keys-scroll = Scroll
keys-zoom = Larger or smaller
keys-fit = Fit
keys-whole = Actual size
keys-play = On the controls of a build that plays
keys-moment = A moment forward or back
keys-ends = To the start or the end
keys-toggle = Play or pause
key-title = Cache key
key-hint = The step is taken from the cache if all of this, and the step before it, is as it was in an earlier build.
key-parent = Step before
key-command = Command
key-variable = Variable
key-directory = Directory
key-user = User
key-network = Network
key-mount = Mount
key-names = Names
key-destination = Destination
key-owner = Owner
key-mode = Mode
key-exclude = Exclude
key-context = Checksum of the files
key-stage = Checksum of the files from
term-image = Image
term-image-text = What a build makes: a stack of layers with files, and a config that says what to start and how. A container is an image with one more, writable layer on top.
term-layer = Layer
term-layer-text = What one step changed in the file system: files added, changed or deleted. RUN, COPY, ADD and WORKDIR make one each. A finished layer never changes again, so a later step cannot make it smaller.
term-base-image = Base image
term-base-image-text = The image that FROM names. Its layers come first in yours, and its bytes count in the size of your image; on a machine that has it already, it is not downloaded again.
term-instruction = Instruction
term-instruction-text = A line of the Dockerfile: FROM, RUN, COPY … Some make a layer, others, like ENV, CMD and LABEL, only change the config and weigh nothing.
term-step = Step
term-step-text = An instruction at work. The builder takes it from the cache or carries it out; steps of stages that do not need each other run side by side.
term-stage = Stage
term-stage-text = What stands between one FROM and the next. Only the layers of the last stage (or of the target) are in the image; from the others it has what COPY --from takes.
term-target = Target
term-target-text = The stage that becomes the image: the last, unless --target names another. Stages that it does not need are not built at all.
term-build-context = Build context
term-build-context-text = The folder that docker build is given. COPY and ADD take files from it and from nowhere else, and only what .dockerignore lets through is ever sent to the builder.
term-dockerignore = {""}.dockerignore
term-dockerignore-text = A file of patterns beside the Dockerfile that says what of the build context is left out. What is left out cannot be copied, is not sent, and never costs the cache.
term-build-cache = Build cache
term-build-cache-text = The results of earlier steps. A step whose cache key is known is not carried out: its layer is taken as it is. The first miss makes all steps after it in its stage run too, for they stand on its result.
term-cache-key = Cache key
term-cache-key-text = What the builder compares to find a step in the cache: its text with variables filled in, the settings it runs with, the step before it, and for COPY the contents of the files. Times of files do not count.
term-cache-mount = Cache mount
term-cache-mount-text = RUN --mount=type=cache gives a step a folder that outlives the build and is in no layer: the place for downloads of package managers. The step itself is cached as any other.
term-whiteout = Whiteout
term-whiteout-text = How a layer deletes what lies below: an empty file named .wh.NAME that hides it. The deleted file is still in the layer below, and still weighs.
term-hidden-bytes = Hidden bytes
term-hidden-bytes-text = Bytes of files that a later layer deletes or writes again: nobody sees them in a container, but they are stored, pushed and pulled all the same.
term-efficiency = Efficiency
term-efficiency-text = dive’s measure: what the files would weigh if each path were there once in its smallest form, divided by what all of their copies weigh. 100 % means nothing is there twice.
term-digest = Digest
term-digest-text = A checksum, sha256:…, that names content: other content, another name. An image that is named by its digest is the same everywhere and forever.
term-tag = Tag
term-tag-text = A name for a version of an image, as 22-alpine in node:22-alpine. Its owner may point it at another image any day; latest is only the tag that is taken where none is given.
term-build-time = Build time
term-build-time-text = From start to end on the chosen machine, with independent stages side by side. Times are estimates: they compare one Dockerfile with another, and no stopwatch will show just these.
term-critical-path = Critical path
term-critical-path-text = The chain of steps that sets the build time, each waiting for the one before. Making any other step faster changes nothing.
term-estimate = ≈ and ?
term-estimate-text = ≈ is estimated from measured data: what needs a network or a compiler. ? is not modelled and counted as nothing. = is what the author stated in a comment. Everything else is computed as the engine does it.

# Status line
status-built = Build #{ $build }: this is what the build did
status-failed = Build #{ $build } failed
status-preview = Preview: this is what docker build would do now
status-would-fail = Preview: docker build would fail now
status-invalid = The Dockerfile is not valid: nothing would run
status-changed-one = { $path } edited since the last build
status-changed = { $path } and { $others } more edited since the last build
status-options-changed = Options changed since the last build
status-older = Below: the last result before this error.

# Figures
summary-label = The build in figures
figure-size = Image size
figure-time = Build time
figure-cached = Steps from cache
figure-ran = { $count ->
    [one] { $count } runs
   *[other] { $count } run
}
figure-ran-because = { $count ->
    [one] { $count } runs: { $why }
   *[other] { $count } run: { $why }
}
figure-ran-failing = { $count ->
    [0] { $failing } failing
    [one] { $count } runs, { $failing } failing
   *[other] { $count } run, { $failing } failing
}
figure-problems = Problems
figure-no-problems = nothing to say
count-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}
count-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
}
count-tips = { $count ->
    [one] { $count } tip
   *[other] { $count } tips
}
figure-layers = Layers
figure-added = { $size } yours
figure-none = none
time-label = What the build time is made of
critical-path = Critical path
critical-hint = The chain of steps that sets the build time. Making any other step faster changes nothing.
critical-step = On the critical path
critical-others = and { $count } shorter
time-saved = Saved by the cache
time-saved-hint = How much longer the build would take if its cached steps ran, and how long these steps took one after another
time-saved-of = { $time } of waiting, { $work } of work
time-transfer = { $count ->
    [0] nothing new to send ({ $time })
    [one] { $size } in { $count } file sent ({ $time })
   *[other] { $size } in { $count } files sent ({ $time })
}
time-cached = It took { $time } when it ran.
time-milliseconds = { $ms } ms
time-seconds = { $seconds } s
time-minutes = { $minutes } min { $seconds } s

# Result
result-title = Result
tab-steps = Steps
tab-graph = Graph
tab-layers = Layers
tab-files = Files
tab-timeline = Timeline
tab-problems = Problems
tab-suggestions = Improve
tab-what-if = What if
tab-log = Log
panes-label = Parts of the page
pane-source = Dockerfile
pane-context = Context
pane-result = Result
graph-window = Picture of the stages. Arrow keys move it, + and - change its size, 0 shows all of it. The list under Steps says the same.
graph-next = Next step
graph-previous = Previous step
graph-fit = Fit
graph-closer = Larger
graph-further = Smaller
graph-whole = Full size
graph-stopped = The build stopped at { $step }
graph-details = The chosen step
graph-close = Close
graph-layer = Layer
graph-files = Files of its layer
graph-everything = Output and files of its layer
graph-legend-from = FROM a stage
graph-legend-copy = COPY --from a stage
graph-legend-mount = mount from a stage
graph-legend-context = files of the context
graph-takes = Takes files from
graph-waits-for = Waits for
graph-needed-by = Needed by
play-label = Play the build
play-start = Play
play-pause = Pause
play-back = One moment back
play-forward = One moment forward
play-position = Moment of the build
play-speed = Speed
play-after-build = Play after each build
play-time = { $time } of { $total }
play-said = { $time }, { $done } of { $count } steps done
play-waiting = Waiting
play-running = Running
play-done = Done
play-sending = being sent
timeline-none = Nothing ran, so nothing took time.
timeline-packed = One row for each stage
timeline-ghosts = Show what the cache saved
timeline-before = Compare with the build before
timeline-this = This build
timeline-build = Build #{ $build }, before it
timeline-chart = Steps against time; the table below says the same
timeline-table = When each step runs
timeline-step = Step
timeline-state = What happens
timeline-starts = Starts
timeline-takes = Takes
timeline-saved = Cache saves
timeline-earlier = Build before
timeline-critical = critical path
timeline-context = sending the build context
timeline-pull = loading { $image }
timeline-first = Before the steps
timeline-ends = ends after { $time }
timeline-ends-without = without the cache: { $time }
graph-left-out = { $count } more steps are not drawn; the list has them all.
context-name = build context
stages-none = There are no stages to show. A stage begins with FROM.
steps-none = No steps: only settings of the image.
steps-more = Show more steps ({ $count } left)
more-rows = and { $count } older rows
step-base = base { $size }
step-shared = Same step as in stage { $stage }: done once for both.
stage-named = Stage { $name }
stage-target = target
stage-not-needed = not needed
base-scratch = from scratch: an empty image
base-stage = from stage { $stage }
base-image = from { $image } ({ $size })
base-image-counted-as = { $image } is not in the catalog: counted as { $other } ({ $size })
base-image-system = { $image } is not in the catalog: size unknown, system as in { $system }
base-unknown = size unknown
state-cached = Cached
state-ran = Runs
state-failed = Fails
state-not-reached = Not reached
state-not-needed = Not needed
basis-exact = Exact: computed as a real engine does.
basis-estimated = Size estimated from measured data.
basis-measured = Size measured by you.
basis-time-measured = Time measured by you.
basis-stated = Size stated by the author of the Dockerfile.
basis-time = Times are estimated for the chosen machine.
basis-time-stated = Time stated by the author of the Dockerfile.
basis-time-not-modelled = A program without a model is counted as one second.
evidence-label = What the estimate rests on
evidence-debian-packages = Source: package indexes of Debian 12 and measured installs, 2026-09
evidence-alpine-packages = Source: the sizes apk prints for packages of Alpine 3.24
evidence-npm-installs = Source: npm packages, each installed alone and measured
evidence-pip-installs = Source: Python packages, each installed alone and measured
evidence-go-builds = Source: published sizes of Go programs
evidence-typical-size = Source: none measured; the typical size of such a thing
evidence-base-image = Source: the base image’s compressed size, or that of a similar image
basis-not-modelled = Not modelled: counted as 0 B where it is not known.
step-line = Show line { $line }
step-output = Output
step-files = { $count ->
    [0] Its layer holds no files
    [one] { $count } entry in its layer
   *[other] { $count } entries in its layer
}
more-files = and { $count } more entries
more-lines = and { $count } more lines
change-added = added
change-changed = changed
change-removed = removed
layers-title = The image as a stack of layers
layers-hint = Newest on top, as high as they are heavy. Deleting a file in a later layer never makes an earlier one smaller.
layers-none = This build makes no image.
layers-empty = The image has no layers: nothing was put into it.
layer-base = base
layer-yours = yours
layer-wasted = wasted
layer-number = Layer { $number }
layer-wastes = wastes { $size }
layer-broken = drawn shorter than it is
layer-files-of = Files at layer { $number }
waste-title = Wasted bytes
waste-none = No layer hides a file of another one.
waste-sum = { $wasted } of { $all } ({ $percent } %) are in the image and cannot be seen: files that a later layer deletes or writes again.
waste-advice = They go away when the file is deleted by the same RUN that made it, when it is written once with its final content and mode (COPY --chown, --chmod), or when a last stage copies only what is needed.
waste-path = File or folder
waste-size = Bytes
waste-in = Lies in
waste-by = Hidden by
waste-all = Show them all
waste-files = { $count } files
waste-deleted = deleted in
waste-written = written again in
waste-dive = As the tool dive prints it. The score is what the files would weigh if each path were there once in its smallest form, against what all copies weigh. Its wasted space counts every copy of a path that several layers have, the one in use included.
history-newest = newest first
history-oldest = oldest first
history-order = Order of the rows
history-from = From
history-base = base image
history-state = Cache
history-setting = a setting, no layer
image-layer = Files at
image-final = Final image
image-older = The layer before
image-newer = The layer after
image-sum = { $count } files, { $size } in sight; the layers weigh { $layers }
image-no-changes = Layer { $number } changes no file
image-outline = Parts of the base image are known by their bytes only: not every file of it is listed.
image-others = other files, not known by name
image-which = Which files
image-only-changed = Only changes
image-only-own = Without the base
image-all = All
image-search = Search by path
image-nothing = There is no such file.
image-more = Show more ({ $count } left)
image-name = Name
image-mode = Mode
image-owner = Owner
image-secret = secret
image-kind-dir = Folder
image-kind-file = File
image-kind-symlink = Symbolic link
image-kind-hardlink = Hard link
image-file-close = Close { $path }
image-file-owner = owner { $uid }, group { $gid }
image-file-before = Before, in layer { $number }: { $size }
image-file-same = The same content as in layer { $number }: { $size } that are in the image twice
image-file-view = What of the file is shown
image-file-changes = Changes
image-file-text = Text
image-file-empty = The file is empty.
image-file-cut = That is its beginning. The file has { $size }.
image-file-binary = No text: { $size } of other bytes.
image-file-unknown = { $size } whose content is not known: the size is an estimate, or a fact about the base image.
image-file-skipped = … { $count } equal lines
secrets-title = { $count ->
    [one] { $count } secret in the image
   *[other] { $count } secrets in the image
}
secrets-advice-files = Deleting a file in a later layer does not take it out: whoever has the image has all layers. Leave it out with .dockerignore, or give it to the one RUN that needs it with --mount=type=secret. A secret that was pushed has to be replaced.
secrets-advice-text = Values of ARG and ENV stand in the image’s history and settings. Give them to the RUN that needs them with --mount=type=secret,env=NAME, or when the container starts.
secret-private-key = Private key
secret-token = Token
secret-environment = Settings
secret-credentials = Credentials
secret-variable = Variable
secret-in-line = (line { $line } of the file)
secret-since = since layer { $number }, { $made }
secret-hidden = Hidden by layer { $number } ({ $made }), but still in the image
secret-env = in the environment of every container
secret-history = its value stands in docker history
history-sum = Sum
log-none = Nothing ran, so nothing was printed.
log-copy = Copy
log-copied = Copied
log-form = Form of the log
log-terminal = Terminal
log-plain = Line by line
log-differs = Differs from a real log in what depends on the moment: times are estimates, digests are left out, and steps that run at the same time stand one after another.

# Why a step runs
reason-new = No earlier build had this step.
reason-file-content = { $path } changed
reason-file-mode = The mode of { $path } changed
reason-file-owner = The owner of { $path } changed
reason-file-added = { $path } is new
reason-file-removed = { $path } is gone
reason-file-kind = { $path } is now a different kind of file or points elsewhere
reason-file-stage = { " " }(in stage { $stage })
reason-file-others = , and { $count } more
reason-command = The command text changed. Before: { $before }
reason-sources = It copies { $after } now, not { $before }
reason-destination = The destination changed from { $before } to { $after }
reason-flag-changed = { $name } changed from { $before } to { $after }
reason-flag-new = { $name }={ $after } was added
reason-flag-gone = { $name }={ $before } was taken out
reason-heredoc = The text of its heredoc changed
reason-variable-changed = { $name } changed from “{ $before }” to “{ $after }”
reason-variable-new = { $name } was not set before: it is “{ $after }” now
reason-variable-gone = { $name } is no longer set: it was “{ $before }”
reason-variables-reordered = The variables are in a different order
reason-workdir = The working directory changed from { $before } to { $after }
reason-shell = SHELL changed from { $before } to { $after }
reason-base = The base image changed from { $before } to { $after }
reason-parent-ran = The step before it, { $step }, ran again
reason-parent-changed = The step before it is a different one now: { $step }
reason-no-cache = --no-cache: nothing is taken from the cache
reason-failed-before = It failed last time, and failures are not cached
reason-stage-not-needed = The target does not need this stage
note-unknown-command = Unknown command { $name }: counted as 0 B and one second.
note-not-modelled = Not modelled: { $what }
note-more-than-stated = The author states { $size }, but what could be computed is more: that counts.
note-unchecked = { $what } cannot be checked here, because its bytes are not known: taken as right.
note-service-manager = A container has no service manager: its one process is what CMD or ENTRYPOINT starts, in the foreground. What is started in a RUN ends with that step.
note-reboot = A container cannot be rebooted or shut down from a RUN: there is no init process, and nothing of a step keeps running after it.
note-sudo = A RUN is root already unless USER says otherwise, so sudo changes nothing here; images leave it out.
note-compressed = What was compressed here may differ from the engine by some bytes
note-typical-size = Nobody measured { $what }: counted with a typical { $size }
note-may-be-there = Not known to be in the image, taken as there: { $what }
note-other-release = The packages of { $release } are counted as { $counted } has them
note-other-version = { $tool } { $version } has no measured figures: counted as { $tool } { $counted }
note-derived-download = How much a pull of { $image } downloads is not known: { $size } are derived from its unpacked size, by the ratio that other images have
note-writes-nothing = Taken to write nothing: { $what } (a program without a model)
note-facts-missing = What is known of { $table } packages has not been loaded: the command has done nothing so far
note-limit = A limit of the simulator was reached here: { $what }
limit-other = more than it can work out
limit-awk-calls = calls within calls in awk
limit-awk-steps = steps of an awk program
limit-awk-text = length of a text in awk
limit-command-depth = commands within commands
limit-content-bytes = bytes of a file’s content
limit-copied-files = files that one step copies
limit-diff-lines = lines that diff compares
limit-endless-file = a file without an end
limit-endless-output = output without an end
limit-expansion-characters = characters of an expansion
limit-glob-names = names that a pattern matches
limit-line-bytes = bytes of a line
limit-log-bytes = bytes of output
limit-log-lines = lines of output
limit-pattern-text = length of a text that a pattern is matched against
limit-regex-work = work to match a regular expression
limit-sed-steps = steps of a sed script
limit-seq-numbers = numbers that seq prints
limit-shell-nesting = nesting of shell commands
limit-steps = steps of a command
limit-test-depth = nesting of a test
limit-text-bytes = bytes of a text
limit-walked-files = files that a command visits

# What just happened, and messages
announce-first = { " " }First to run: { $step } ({ $why }).
message-built = Build finished: { $cached ->
    [one] { $cached } step
   *[other] { $cached } steps
} from the cache, { $ran } run, image { $bytes }.
message-build-failed = The build failed: { $message }
message-file-added = Added { $path }
message-file-removed = Deleted { $path }
message-file-renamed = Renamed to { $path }
message-mode-changed = Changed the mode of { $path }
message-file-touched = Touched { $path }
message-undone = Undone
message-redone = Redone
message-cache-pruned = The cache is empty
message-measured = { $count ->
    [one] The figures of { $count } step are measured now
   *[other] The figures of { $count } steps are measured now
}
message-project-opened = Project opened
message-fresh-machine = A fresh machine builds now: it has no cache
message-republished = { $image } was published again
message-time-passed = { $days ->
    [one] { $days } day has passed
   *[other] { $days } days have passed
}
message-files-changed = Changed { $path }{ $count ->
    [0] {""}
    [one] {" "}and { $count } more file
   *[other] {" "}and { $count } more files
}
message-returned = The files are what they were at that point
message-nothing-to-edit = No file of this project is one that such an edit could be made to.
message-link-none = This link holds no session. Nothing was changed.
message-link-newer-version = This link comes from a newer version of Layerlab. Nothing was changed; reload the page to get the newest.
message-link-truncated = The end of this link is missing, as some programs cut long links. Nothing was changed; ask for it again.
message-link-damaged = Characters of this link are wrong. Nothing was changed; copy it again.
message-link-too-large = This session is too large for a link (at most { $limit }). Save it to a file instead.
message-link-unreadable = What this link holds could not be read ({ $error }). Nothing was changed.
message-name-taken = There is a file { $path } already.
message-edit-refused = { $path }: that edit cannot be made ({ $error }).
message-not-saved = This project is too large to be kept when you leave the page ({ $bytes }; at most { $limit }).
message-saved-by-newer-version = What was saved here comes from a newer version of Layerlab. It has been set aside; the sample project is open.
message-saved-unreadable = What was saved here could not be read ({ $error }). It has been set aside; the sample project is open.
message-image-unavailable = Nothing is known of the base image { $image }: sizes and files that depend on it are missing.
message-table-unavailable = What is known of { $table } packages could not be loaded, so that steps which install them count as nothing. Load the page again once you are connected.

# Docker’s build checks, in our words
problem-StageNameCasing = Docker lowers the names of stages, so Build and build are one and the same. Write the name in lower case: then what is written is what Docker shows.
problem-FromAsCasing = FROM and AS are keywords of one instruction, and one of them in another case looks like a slip, or like a name. Write both in the same case.
problem-NoEmptyContinuation = An instruction looks ended where an empty line is, yet Docker reads on, and has announced that this will become an error. Take the empty line out, or make it a comment.
problem-ConsistentInstructionCasing = Docker takes run for RUN, but a file in which both occur is hard to look through. Write all instructions the same way; capitals are the custom.
problem-DuplicateStageName = From here on the name means the later stage, and the earlier one can only be reached by its number. Give each stage a name of its own.
problem-ReservedStageName = Docker uses this name itself: scratch is the empty image, context the build context. Give the stage another name.
problem-JSONArgsRecommended = As a string this runs through a shell, which does not pass signals on, so that docker stop waits ten seconds and then kills the program. Write a JSON array, which starts the program itself.
problem-MaintainerDeprecated = MAINTAINER is out of use, and tools that look for labels do not find it. Write LABEL org.opencontainers.image.authors="…" instead.
problem-UndefinedArgInFrom = FROM knows only the arguments that an ARG above the first FROM declares, and any other is empty there. Declare it at the top of the file, or mend the spelling.
problem-WorkdirRelativePath = A relative WORKDIR begins at that of the base image, which an update of the image may change. Begin the first WORKDIR with a slash.
problem-UndefinedVar = This variable is set nowhere, so it becomes empty without a word. Mend the spelling, or declare it with ARG or ENV.
problem-MultipleInstructionsDisallowed = Only the last of these counts in a stage, whatever the earlier one looks like it does. Take the earlier one out.
problem-LegacyKeyValueFormat = Without an equals sign all that follows the name is its value, blanks and all. Write NAME=VALUE, in quotes where there are blanks.
problem-RedundantTargetPlatform = FROM takes the target platform anyway, and readers look for a reason that is not there. Leave the flag out.
problem-SecretsUsedInArgOrEnv = Everyone who has the image can read the values of ARG and ENV in its history or configuration. Give the secret to the RUN that needs it, with --mount=type=secret.
problem-InvalidDefaultArgInFrom = With the argument’s default this FROM names no valid image, so that a plain docker build fails. Give the ARG a default with which the name makes sense.
problem-FromPlatformFlagConstDisallowed = A fixed platform stays the same whichever platform the build is for, and an image for another one comes out wrong. Use $BUILDPLATFORM, or leave the flag out.
problem-CopyIgnoredFile = .dockerignore keeps this file out of the build context, so it cannot be copied. Take it out of .dockerignore, or out of this instruction.
problem-InvalidDefinitionDescription = Docker shows the comment right above a stage or ARG as its description, but only where it begins with the name. Begin it so, or end the comment with a line of # alone.
problem-ExposeProtoCasing = Docker shows protocols in lower case, so a search for what it shows does not find this. Write the protocol in lower case.
problem-ExposeInvalidFormat = EXPOSE only notes the container’s port, and drops an address or a port of the host. Write the port alone, and give the rest to docker run --publish.

# Why an edit of the files cannot be made
refused-empty-path = the path is empty
refused-absolute-path = paths begin at the context, not with a slash
refused-bad-part = parts of a path may not be empty, “.” or “..”
refused-too-long = the path is too long
refused-not-found = there is no such file
refused-exists = there is something of that name already
refused-not-a-directory = a file is where a folder would have to be
refused-not-empty = a folder with files in it cannot become a file
refused-into-itself = a folder cannot be moved into itself
refused-too-many = the context has as many files as it can have

# Mistakes in a Dockerfile, in our words, below Docker’s
problem-tip-unpinned-base = { $image } has no tag that stays: the same Dockerfile builds on something else once the image is published again. Name a version, and for builds that must be the same a digest too.
problem-tip-install-after-source = The whole source is copied in line { $line }, and only then dependencies are installed: an edit of any file installs them again. Copy { $manifest } by itself first, install, and copy the rest after that.
problem-tip-update-alone = apt-get update stands alone: its layer comes from the cache while the packages behind the lists move on, until an install asks for one that is gone. Put it into the same RUN as the install.
problem-tip-recommends = apt-get installs what the packages recommend as well, which servers rarely need. Add --no-install-recommends, and name what you do need.
problem-tip-apt-lists = This layer keeps { $size } of apt’s package lists in { $folder }, which nothing reads at run time. Delete them in the same RUN: rm -rf /var/lib/apt/lists/*
problem-tip-package-cache = This layer keeps { $size } of downloads in { $folder }, which only the next installation would use. Put the folder into a cache mount, or have the package manager keep nothing.
problem-tip-hidden-deleted = This step deletes { $path }, but its { $size } stay in the { $line ->
    [0] base image
   *[other] layer of line { $line }
}: a layer cannot make an older one smaller. { $line ->
    [0] Start from an image that does not have it.
   *[other] Delete in the RUN that creates, or build in another stage and copy only the result.
}
problem-tip-hidden-rewritten = This step writes { $path } again, and the image carries { $size } twice: once here, and once in the { $line ->
    [0] base image
   *[other] layer of line { $line }
}. Even a new mode or owner copies the whole file: use COPY --chown and --chmod, or do it in the step that creates the file.
problem-tip-secret-in-layer = { $path } looks like a secret, and whoever has the image can read it{ $deleted ->
    [0] {""}
   *[other] , although line { $deleted } deletes it
}. Leave it out with .dockerignore, or give it to the one RUN that needs it with --mount=type=secret.
problem-tip-secret-in-history = The value of { $name } is in the image’s history, where docker history shows it to everyone. Pass it with --mount=type=secret instead of --build-arg.
problem-tip-unneeded-context = { $folder } is sent with the build context and copied: { $count ->
    [one] { $count } file
   *[other] { $count } files
}, { $size }. Add it to .dockerignore: builds get smaller and quicker, and edits in there no longer cost the cache.
problem-tip-root-user = The program in this image runs as root. If someone breaks into it, they are root in the container: create a user, or take one that the image has, and name it in USER.
problem-tip-add-for-copy = ADD unpacks archives and downloads; for plain files COPY does the same without surprises. Use COPY.
problem-tip-pipe-status = If this download fails, the step may still succeed: a pipe’s exit status is that of its last command. Begin with set -o pipefail where the shell has it, or download to a file first.
problem-tip-lone-cd = cd lasts until the end of its RUN: the next instruction starts in WORKDIR again. Use WORKDIR.
problem-tip-sudo = A RUN is root’s already unless USER says otherwise, so sudo adds a program and nothing else. Leave it out, or change the USER.
problem-unexplained = This is not accepted.
problem-step-failed = The build stops at this step. What it printed, if anything, is in its details.
problem-ignore-pattern = Line { $line } of .dockerignore is not a valid pattern.
problem-blank-name = Something has to stand before the equals sign.
problem-blank-volume = Name the directory that is to be a volume.
problem-check-options-invalid = The check directive takes skip=RULE,… and error=true, separated by semicolons.
problem-duplicate-flag = Give --{ $flag } only once.
problem-duration-invalid = Durations need a number and a unit: 500ms, 30s, 1m30s.
problem-duration-too-short = Zero means the default; anything else has to be 1ms or longer.
problem-empty-dockerfile = Begin with FROM and a base image: FROM alpine
problem-flag-not-boolean = --{ $flag } is switched on by itself, or with =true and =false.
problem-flag-without-dashes = Flags begin with two dashes and stand before the arguments.
problem-flag-without-value = Write the value behind an equals sign, without blanks: --{ $flag }=…
problem-from-arguments = Write FROM image, or FROM image AS name.
problem-healthcheck-none-arguments = NONE switches off the base image’s check, and stands alone.
problem-healthcheck-type = HEALTHCHECK takes CMD and a command, or NONE.
problem-healthcheck-without-command = Put the command that checks behind CMD.
problem-heredoc-destination = Heredocs can be sources only. The last argument is where the files go.
problem-invalid-escape-directive = The escape directive takes a backslash or a backtick.
problem-json-form-not-strings = Put every element of the array in double quotes.
problem-line-too-long = Split the line; backslashes at line ends do not help, as the joined line counts.
problem-mount-field-without-value = Fields of a mount are written name=value, with commas between.
problem-mount-from-variable = Give the image a stage of its own, with FROM image AS name, and name that stage here.
problem-mount-key-not-of-type = Mounts of type { $type } have no { $key }.
problem-mount-not-csv = A mount is a list with commas, and quotes in it have to match: type=cache,target=/root/.cache
problem-mount-value-invalid = “{ $value }” does not suit { $key }.
problem-network-mode-invalid = The network of a RUN is default, none or host.
problem-no-arguments = Nothing stands behind { $instruction }.
problem-no-destination = { $instruction } takes one or more sources and then the destination.
problem-no-instructions = There are only comments and blank lines. Begin with FROM and a base image.
problem-no-stage-yet = Only ARG may stand before the first FROM.
problem-no-stages = Nothing begins a stage: add a FROM.
problem-not-json-form = { $instruction } takes a JSON array with double quotes: ["/bin/sh", "-c"]
problem-not-one-argument = { $instruction } takes one argument; put quotes around blanks.
problem-onbuild-chained = A trigger runs in the next build. It cannot set triggers for the one after.
problem-onbuild-not-allowed = { $instruction } cannot be a trigger.
problem-trigger-not-one = A trigger is one instruction.
problem-pair-without-equals = Write name=value. Put quotes around a value with blanks: name="two words"
problem-pair-without-value = { $instruction } takes a name and a value.
problem-repeated-directive = Directives may stand at the top of the file once each.
problem-retries-invalid = Retries are a whole number.
problem-retries-negative = Retries are counted from 0, which means the default.
problem-secret-mount-invalid = A secret mount needs an id or a target, and takes nothing from other stages.
problem-stage-name-invalid = Stage names begin with a letter; letters, digits, “-”, “_” and “.” follow.
problem-unknown-flag = This instruction has no such flag.
problem-unknown-instruction = Each line begins with an instruction. Lines that go on need a backslash at the end of the one before.
problem-unknown-mount-key = Mounts have no such field.
problem-unknown-mount-sharing = Sharing is shared, private or locked.
problem-unknown-mount-type = The types of mounts are bind, cache, tmpfs, secret and ssh.
problem-unterminated-heredoc = The heredoc has no end: { $name } has to stand alone on a line.
problem-substitution-too-deep = Variables are nested too deeply here to be worked out.

# Comments that state what a RUN does
problem-statement-misplaced = A comment # layerlab: counts only right above a RUN. Move it there.
problem-statement-empty = State what the RUN below adds, how long it takes, or both: # layerlab: adds=45MB time=12s
problem-statement-path-alone = at= says where the bytes of adds= are. State these too.
problem-statement-unknown-key = “{ $key }” is none of adds=, time= and at=.
problem-statement-repeated = { $key }= is stated twice. Keep one.
problem-statement-size-invalid = “{ $value }” is not a size. Write a number with B, kB, MB, GB, KiB, MiB or GiB: adds=45MB
problem-statement-time-invalid = “{ $value }” is not a time. Write a number with ms, s, m or h: time=1m30s
problem-statement-path-invalid = “{ $value }” is not the absolute path of a file: at=/opt/tool

# Rewrites that were tried: what to do, and why (two sentences)
suggest-secret-variable = Mount { $name } as a secret
suggest-secret-variable-why = A build argument’s value stays in the image’s history, where docker history shows it to everyone. A secret mount puts it into the environment of one RUN and nowhere else: build with { $option }.
suggest-secret-file = Mount { $name } as a secret
suggest-secret-file-why = A file that one step copies stays in that step’s layer, even where a later step deletes it. A secret mount shows it to one RUN and leaves it in no layer: build with { $option }.
suggest-manifest-first = Copy { $files } first
suggest-manifest-first-why = { $command } only needs to know what the dependencies are, yet it runs again whenever any file was edited. With the manifest copied and installed first, an edit of the source leaves the dependencies in the cache.
suggest-packages-first = Install the system’s packages before copying files
suggest-packages-first-why = { $command } does not read the project’s files, yet it runs again whenever one of them was edited. Above the first COPY its layer comes from the cache.
suggest-second-stage = Build in one stage, run in another on { $image }
suggest-second-stage-why = The image carries compilers and sources that only the build needed. A second stage takes { $path } and leaves the rest behind.
suggest-slimmer-base = Start from { $image }
suggest-slimmer-base-why = The build succeeds on the smaller variant of its base image, too. What that variant lacks is listed below: try the program before you rely on it.
suggest-dockerignore = Leave { $patterns } out of the build context
suggest-dockerignore-why = No step needs these files, yet they are sent, copied, and change the checksum of what is copied. An entry in .dockerignore keeps them out.
suggest-dockerignore-secrets = Keep { $patterns } out of the image
suggest-dockerignore-secrets-why = These files look like secrets, and a COPY of the whole context takes them into a layer. An entry in .dockerignore keeps them on your machine.
suggest-chain-runs = Make one RUN of lines { $first } to { $last }
suggest-chain-runs-why = What a RUN writes stays in its layer, even where the next one deletes it or writes it again. In one RUN only what is there at its end is kept.
suggest-clean-up = Delete { $folder } in the same RUN
suggest-clean-up-why = Package managers keep downloads and lists for the next time, and no image needs them. Deleted in the RUN that brought them, they are in no layer.
suggest-recommends = Install without the recommended packages
suggest-recommends-why = apt-get also installs what packages merely recommend. With --no-install-recommends only what is named and what it depends on comes along.
suggest-mount-cache = Keep { $tool }’s downloads in a cache mount
suggest-mount-cache-why = A cache mount on { $folder } outlives the layer: when the step runs again, only what is new is downloaded. It is no part of the image.
suggest-copy-owner = Use COPY { $flag } for { $command }
suggest-copy-owner-why = A RUN that only changes owner or mode stores every file in a second layer. COPY { $flag } sets it while copying.
suggest-non-root = Run the program as { $user }
suggest-non-root-why = The program runs as root, so whoever breaks into it is root in the container. USER names someone with fewer rights; check that it can write where it has to.
suggest-pin-tag = Name the version: { $image }
suggest-pin-tag-why = A tag like latest moves, and one day the same Dockerfile builds on something else. A version stays, and today it is the same image.

# What a rewrite gains, and what it costs
suggest-gain-image = Image { $after } instead of { $before }
suggest-gain-cold = A build on a fresh machine takes { $after } instead of { $before }
suggest-gain-source = After an edit of a source file a build takes { $after } instead of { $before }
suggest-gain-dependency = After a change of the dependencies a build takes { $after } instead of { $before }
suggest-gain-context = { $after } of build context are sent instead of { $before }
suggest-gain-secret = Secrets that the image gives away: { $after } instead of { $before }
suggest-gain-root = { $after ->
    [0] The program does not run as root
   *[other] The program runs as root
} ({ $before } → { $after })
suggest-gain-pinned = Base images without a fixed version: { $after } instead of { $before }
suggest-gain-problem = { $problem }: { $after } instead of { $before }

# What changes in the image
suggest-change-nothing = The image’s files and settings stay the same
suggest-change-added = new: { $path } ({ $files ->
    [one] { $files } file
   *[other] { $files } files
}, { $size })
suggest-change-removed = gone: { $path } ({ $files ->
    [one] { $files } file
   *[other] { $files } files
}, { $size })
suggest-change-content = other content: { $path }
suggest-change-owner = owner { $before } → { $after }: { $path }
suggest-change-mode = mode { $before } → { $after }: { $path }
suggest-change-more = { $count ->
    [one] and { $count } more path
   *[other] and { $count } more paths
}
suggest-change-config = settings: { $fields }

# Steps from the cache whose result would be another today
suggest-ages-packages = This layer is { $days ->
    [one] { $days } day
   *[other] { $days } days
} old: the packages have moved on since, and the cache does not know.
suggest-ages-dependencies = This layer is { $days ->
    [one] { $days } day
   *[other] { $days } days
} old: it installed the versions of that day, and the cache does not know of newer ones.
suggest-ages-download = This layer is { $days ->
    [one] { $days } day
   *[other] { $days } days
} old: what lies at the address may be another by now, and the cache does not know.
suggest-ages-image = This base image was loaded { $days ->
    [one] { $days } day
   *[other] { $days } days
} ago: the tag may name another by now.

# Why instructions cannot stand in an order
suggest-obstacle-before-from = Line { $line } would stand before the first FROM, where only ARG may stand.
suggest-obstacle-stage-later = Line { $line } would use the stage { $stage } before it begins. Move it below that stage.
suggest-obstacle-variable-later = Line { $line } would use { $name } where nothing sets it. Put it below the ARG or ENV that does, in the same stage.
suggest-obstacle-refused = Docker would refuse this order: { $message }
suggest-obstacle-fails = The step of line { $line } would fail, because what it needs comes later: { $output } ({ $message })

# The pane of rewrites that were tried
suggestions-about = Each of these was built before it is offered: from nothing, after an edit of a source file and after a change of the dependencies. Only what gains is shown, the most valuable first.
suggestions-searching = Trying rewrites of your Dockerfile: { $tried ->
    [one] { $tried } built
   *[other] { $tried } built
} so far …
suggestions-found = { $count ->
    [one] { $count } rewrite gains
   *[other] { $count } rewrites gain
} ({ $tried } tried)
suggestions-none = Nothing to improve was found: of { $tried ->
    [one] { $tried } rewrite
   *[other] { $tried } rewrites
} that were built, none gains.
suggestions-no-build = The Dockerfile does not build as it is. Once it does, rewrites of it are tried here.
suggestion-apply = Apply
suggestion-apply-named = Apply: { $title }
suggestion-gains = Gain
suggestion-costs = Cost
suggestion-edit = The edit of { $path }
suggestion-changes = What changes in the image: { $count ->
    [0] no path
    [one] { $count } path
   *[other] { $count } paths
}{ $fields ->
    [0] { "" }
    [one] , { $fields } setting
   *[other] , { $fields } settings
}

# The pane of what happens around a project
what-if-edit = Edit the project
what-if-source = Edit a source file
what-if-dependency = Add a dependency
what-if-comment = Change a comment
what-if-log = Add a log file
what-if-world = Let something happen
what-if-fresh = Build on a fresh machine (CI)
what-if-prune = Empty the build cache
what-if-days = { $days } days pass
what-if-republish = { $image } is published again
what-if-built = The last build is up to date.
what-if-would = A build now: { $ran ->
    [one] { $ran } step runs
   *[other] { $ran } steps run
}, { $cached } from the cache, { $time }.
what-if-fails = A build now fails.
what-if-stale = Stale
what-if-events = What happened
what-if-events-about = The latest first. Going back takes files and options to what they were; the build cache stays as it is, and Undo takes you forward again.
what-if-more = { $count ->
    [one] { $count } earlier point is left out
   *[other] { $count } earlier points are left out
}
what-if-return = Go back
what-if-return-named = Go back to: { $what }
what-if-here = You are here
what-if-run = { $ran ->
    [one] { $ran } step ran
   *[other] { $ran } steps ran
}, { $cached } cached, { $time }, { $size }
what-if-run-failed = It failed.
event-opened = The project was opened and built
event-project = Another project was opened and built
event-write = { $path } edited
event-remove = { $path } deleted
event-rename = Renamed to { $path }
event-chmod = Mode of { $path } changed
event-touch = { $path } touched
event-change = { $more ->
    [0] { $path } changed
    [one] { $path } and one more file changed
   *[other] { $path } and { $more } more files changed
}
event-options = Build options changed
event-measured = { $count } figures of a real engine
event-build = Built
event-prune = Build cache emptied
event-fresh = A fresh machine took over
event-republish = { $image } was published again
event-days = { $days } days passed
event-undo = Undone
event-redo = Redone

# Passing a session on
share = Share
share-about = This link opens exactly what you see: Dockerfile, files, options and what happened. All of it is in the link itself; nothing is sent anywhere.
share-link = The link
share-length = { $count } characters
share-copy = Copy link
share-download = Download as a file
share-open = Open a file …
share-markdown = Copy as Markdown
share-picture = { $what }: download as { $kind }
export-layers = { $count ->
    [one] { $count } layer, { $size }
   *[other] { $count } layers, { $size }
}
markdown-step = Step
markdown-size = Layer
markdown-time = Time
markdown-verdict = Cache
markdown-total = Image { $size } in { $layers } layers; { $time }; { $cached } of { $steps } steps from the cache.
share-before = Back to what I had before the link

# Another order of the instructions
order-title = Move an instruction
order-about = By the buttons or by dragging. Comments, continued lines and heredocs go along. The effect is worked out before you move.
order-up = Move up: { $name }
order-down = Move down: { $name }
order-point = Point at a button, or drag a line, to see what the move would do.
order-impossible = Not possible
order-same = Neither the image nor the time of any build would change.
order-reruns = An edit of a source file would then run again: { $steps }
order-reruns-nothing = An edit of a source file would then run nothing again.
order-moved-up = Moved up: { $name }.
order-moved-down = Moved down: { $name }.
order-first = { $name } is the first instruction already.
order-last = { $name } is the last instruction already.

# Two Dockerfiles side by side
tab-compare = Compare
compare-title = Two Dockerfiles side by side
compare-about = Pin the Dockerfile in the editor as A and go on as B: both are built on everything that happens to the project. What you edit never touches A.
compare-pinned = A is pinned, B is what stands in the editor. Both are built on the same files and the same events.
compare-pin = Pin the present one as A
compare-swap = Swap A and B
compare-unpin = Unpin A
compare-same = A and B are the same so far. Edit the Dockerfile, and what becomes different shows here.
compare-difference = What differs in the text, from A to B
compare-a-text = The text of A
compare-other = Another Dockerfile as A …
compare-a-label = The text of A
compare-a-placeholder = Paste a Dockerfile
compare-use = Use as A
compare-file = From a file …
compare-working = Building both …
compare-table = A and B in figures
compare-a = pinned
compare-b = in the editor
compare-delta = Difference
compare-first = First build
compare-and = { ", " }
compare-preview = { $what } (not built yet)
compare-fails = fails
compare-cached = cached
compare-nothing-runs = No step runs again.
compare-more-steps = { $count ->
    [one] and { $count } more step
   *[other] and { $count } more steps
}
compare-happen = Let it happen to both, and build
compare-fresh = Move to a fresh machine
compare-round = Show this build:
compare-layers = Layers, on one scale
compare-timeline = Time, on one scale
compare-graph = Stages
compare-graph-a = The stages of A
compare-graph-b = The stages of B
message-pinned = The Dockerfile is pinned as A. The editor has B.
message-unpinned = A is no longer pinned. Undo brings it back.
message-swapped = A and B have changed places.
event-pin = A Dockerfile was pinned to compare with
event-unpin = The pinned Dockerfile was let go
event-swap = A and B changed places

# Projects to compare Dockerfiles on
presets-title = Open an example
presets-about = A small project in four languages, with three Dockerfiles. It opens in place of yours (Undo brings yours back); then a source file is edited, a dependency added, and a source file edited again, with a build after each.
presets-language = Language
presets-failed = The example could not be loaded. Check the connection and try again.
preset-naive-ordered = Naive against ordered
preset-naive-ordered-why = Dependencies first: an edit of the source no longer installs them again.
preset-ordered-multi-stage = Ordered against multi-stage
preset-ordered-multi-stage-why = What only the build needs stays in its stage: the image shrinks.
preset-naive-multi-stage = Naive against multi-stage
preset-naive-multi-stage-why = Both at once.

# Lessons: the list
pane-lesson = Lesson
lessons-title = Lessons
lessons-all = All lessons
lessons-about = { $count } lessons, about { $minutes } minutes in all. Each ends in something you have changed or foretold, judged by the build.
lessons-progress = Lessons that are done
lessons-done = { $done } of { $count } done
lessons-sandbox = Back to the sandbox
lessons-open-file = Open a lesson file
lessons-export = Save progress
lessons-import = Load progress
lessons-map = What leads to what
lessons-loading = The lessons are being loaded…
lessons-minutes = { $minutes } min
lessons-steps-done = { $done } of { $count } steps
lessons-requires = Builds on: { $lessons }
lessons-challenge = Challenge
list-comma = ,{" "}
track-1 = Images and layers
track-2 = The build cache
track-3 = The build context
track-4 = Small images
track-5 = Safe images
track-6 = From image to process
track-others = Others

# Lessons: the pane
lesson-loading = The lesson is being loaded…
lesson-close = Leave the lesson
lesson-steps = Steps of the lesson
lesson-step-named = Step { $number }: { $title } ({ $state })
lesson-mark-open = not done
lesson-mark-solved = done
lesson-mark-shown = done with the solution
lesson-previous = Back
lesson-next = Next
lesson-skip = Skip
lesson-reset = Begin again
lesson-try = Put it into the editor
lesson-no-figure = no image
lesson-figure-graph = The graph of your build now
lesson-figure-layers = The layers of your image now
lesson-figure-timeline = Your build against time
lesson-figure-steps = The steps of your build now
lesson-figure-compare = The beginning of the step against now
# Behind a figure of the step's beginning, in brackets: what it is now.
lesson-figure-now = {" "}(now { $now })
lesson-wasted = Hidden bytes
lesson-began = At first
lesson-now = Now
lesson-first-build = First build
lesson-build-now = A build now
lesson-goals = Goals
goal-met = Met
goal-not-met = Not met yet
goal-waits = …
goal-now = Now: { $found }
lesson-predict = What do you expect?
lesson-predict-first = Say for each step whether it comes from the cache or runs.
lesson-reveal = Build and see
lesson-right = Right
lesson-wrong = Not so
lesson-no-step = No such step
lesson-was-hit = It came from the cache.
lesson-was-miss = It ran.
lesson-was-miss-because = It ran: { $why }
lesson-score = { $right } of { $count } right
lesson-quiz = A question
lesson-help = Help
lesson-hint = Hint
lesson-hint-number = Hint { $number }
lesson-hint-fits = Show a hint that fits
lesson-stuck = Not there yet? There is a hint for what you have now.
lesson-no-more-hints = There is no further hint for what is still open.
lesson-target = Shape of the goal
lesson-target-caption = The goal’s graph, as far as yours differs from it
lesson-solution = Show the solution
lesson-solution-about = What the solution changes in your files. A step whose solution was seen counts as shown; begin it again to solve it yourself.
lesson-solution-same = Your files are those of the solution. The step counts as shown; begin it again to solve it yourself.
lesson-solution-apply = Put it into my files
lesson-step-done = Step done
lesson-over = That was the lesson: { $done } of { $count } steps done.
lesson-go-on = Go on with:

# What goals ask for
goal-builds = The build succeeds
goal-fails = The build fails
goal-fails-with = The build fails and says: { $text }
goal-build-run = Builds run in this step: at least { $count }
goal-image-size-at-least = The image weighs at least { $least }
goal-image-size-at-most = The image weighs at most { $most }
goal-image-size-between = The image weighs { $least } to { $most }
goal-added-size-at-least = The Dockerfile adds at least { $least } to its base
goal-added-size-at-most = The Dockerfile adds at most { $most } to its base
goal-added-size-between = The Dockerfile adds { $least } to { $most } to its base
goal-layer-size-at-least = The layer of { $step } weighs at least { $least }
goal-layer-size-at-most = The layer of { $step } weighs at most { $most }
goal-layer-size-between = The layer of { $step } weighs { $least } to { $most }
goal-layers-at-least = Layers that the Dockerfile adds: at least { $least }
goal-layers-at-most = Layers that the Dockerfile adds: at most { $most }
goal-layers-between = Layers that the Dockerfile adds: { $least } to { $most }
goal-wasted-at-least = Bytes that later layers hide: at least { $least }
goal-wasted-at-most = Bytes that later layers hide: at most { $most }
goal-wasted-between = Bytes that later layers hide: { $least } to { $most }
goal-context-size-at-least = What .dockerignore lets through weighs at least { $least }
goal-context-size-at-most = What .dockerignore lets through weighs at most { $most }
goal-context-size-between = What .dockerignore lets through weighs { $least } to { $most }
goal-context-file-sent = { $path } is sent with the build context
goal-context-file-kept = { $path } stays out of the build context
goal-step-cached = { $step } comes from the cache
goal-step-cached-after = After a change of { $after }, { $step } still comes from the cache
goal-step-runs = { $step } runs
goal-step-runs-after = After a change of { $after }, { $step } runs
goal-build-time-at-most = The first build takes at most { $most }
goal-rebuild-time-at-most = After a change of { $after }, a build takes at most { $most }
goal-build-again-at-most = The next build takes at most { $most }
goal-side-by-side = { $step } and { $other } are at work at the same time
goal-file-present = { $path } is in the image
goal-file-absent = { $path } is not in the image
goal-file-absent-from-layers = { $path } is in no layer of the image
goal-file-owner = { $path } belongs to user { $uid }
goal-no-secrets = No layer, variable or line of the history gives a secret away
goal-user-not-root = The container does not run as root
goal-user-is = The container runs as { $user }
goal-config-is = { $field } is { $value }
goal-config-contains = { $field } contains { $value }
goal-config-lacks = { $field } does not contain { $value }
goal-config-absent = { $field } is not set
goal-config-set = { $field } is set
goal-base-image-name = The image is built on { $name }
goal-base-image-at-most = The base image weighs at most { $most }
goal-base-image-name-at-most = The image is built on { $name }, which weighs at most { $most }
goal-pinned-by-tag = Every base image has a tag other than latest
goal-pinned-by-digest = Every base image has a digest
goal-stages-at-least = Stages that the image needs: at least { $least }
goal-stages-at-most = Stages that the image needs: at most { $most }
goal-stages-between = Stages that the image needs: { $least } to { $most }
goal-stage-needed = The image needs the stage { $stage }
goal-stage-not-needed = The image does not need the stage { $stage }
goal-steps-at-least = { $instruction } instructions: at least { $least }
goal-steps-at-most = { $instruction } instructions: at most { $most }
goal-steps-between = { $instruction } instructions: { $least } to { $most }
goal-mount = { $step } has a mount of type { $type }
goal-flag = { $step } has the flag { $flag }
goal-flag-absent = { $step } has no flag { $flag }
# The goals are sentences of this kind, with goal-or between them.
goal-any-of = { $goals }
goal-or = {" "}– or: {""}
goal-output = { $step } prints: { $text }
goal-no-problem = The page finds no problem
goal-problem-absent = The problem { $problem } is gone
goal-basis-exact = The image’s size is exact
goal-basis-stated = The image’s size is exact or stated
goal-basis-estimated = The image’s size is at least estimated

# What is there, behind “Now:”
found-size = { $bytes }
found-time = { $ms }
found-count = { $count }
found-built = the build succeeds
found-not-built = the build fails: { $text }
found-invalid = the Dockerfile cannot be read: { $text }
found-no-step = there is no step { $text }
found-ran = it runs: { $text }
found-cached = from the cache: { $text }
found-there = { $text } is there
found-in-layer = it is in the layer of { $text }
found-missing = there is no { $text }
found-text = { $text }
found-nothing = nothing
found-secret = { $text } is readable
found-root = root
found-problem = { $text } in line { $line }
found-needed = { $text } is needed
found-not-needed = { $text } is not needed
found-no-stage = there is no such stage
found-apart = one after the other
found-beside = side by side

# Lessons: what just happened, and messages
message-lesson-opened = Lesson opened
message-lesson-closed = Lesson left: the sandbox is as it was
message-step-begun = The step begins again
message-goals-met =
    { $count ->
        [one] Goal met:{" "}
       *[other] { $count } goals met:{" "}
    }
message-step-done = Step done
message-lesson-done = Lesson done
message-hint-offered = There is a hint for what you have now
message-no-lessons = The list of lessons could not be loaded ({ $error }). Load the page again once you are connected.
message-no-lesson = The lesson could not be loaded ({ $error }). Check the address, and that you are connected.
message-lesson-newer = The lesson is in version { $version } of the format, which this page does not know yet. Load the page again to get a newer one.
message-lesson-foreign = This file is not a lesson of Layerlab. A lesson is one JSON file, made by layerlab lesson pack.
message-lesson-too-large = The lesson is too large: { $limit } are opened at most.
message-lesson-unreadable = The lesson cannot be opened. What is wrong: { $error }
message-progress-foreign = This file does not hold progress of Layerlab. Choose one that was saved with “Save progress”.
message-progress-newer = The progress is in version { $version } of its format, which this page does not know yet. Load the page again to get a newer one.

# A lesson made of the sandbox
make-lesson = Make a lesson of this
make-lesson-about = The files that are open become the start of a lesson of one step. layerlab lesson unpack turns the file into a folder to write on.
make-lesson-name = Title
make-lesson-untitled = My lesson
make-lesson-goals = Goals that hold now
make-lesson-none = Choose at least one goal.
make-lesson-download = Download the lesson

## The gallery: projects to start from

gallery-title = Gallery
gallery-about = Projects to start from: Dockerfiles for frameworks as they are written today, and mistakes that are often made, each with what to look at. Opening one takes the place of what is open; Undo brings that back.
gallery-loading = The gallery is being fetched.
gallery-lost = This could not be fetched. Check the connection, then try again.
gallery-search = Search by name, language or word
gallery-kind = Kind
gallery-all = All
gallery-frameworks = Frameworks
gallery-mistakes = Mistakes
gallery-framework = Framework
gallery-mistake = Mistake
gallery-found = { $count ->
    [one] { $count } project
   *[other] { $count } projects
}
gallery-open = Open
gallery-open-named = Open “{ $title }”

# The reader's own project
own-button = Open …
own-title = Open your own project
own-name = Your project
own-private = Everything is read here, in this browser. No file, name or text leaves it.
own-folder = Choose a folder …
own-drop = or drop one, here or anywhere on the page
own-drop-now = Drop it: it is read here, in this browser
own-looking = Looking through the folders: { $count } files so far
own-reading = Reading: { $done } of { $count } files
own-list = Or paste a list of its files
own-list-hint = What one of these prints, run in the project's folder. The second is for macOS.
own-list-label = List of files
own-list-cut = The first { $shown } lines are shown here; all { $count } are read.
own-dockerfile = Dockerfile
own-dockerfile-hint = Takes the place of the project's own. Leave it empty to use that.
own-sum = { $count ->
    [one] { $count } file, { $size }
   *[other] { $count } files, { $size }
}
own-read-as = read as the output of { $command }
own-dockerfile-given = The Dockerfile is the one pasted here.
own-dockerfile-found = The Dockerfile is { $path }.
own-dockerfile-missing = None of them is a Dockerfile whose text is known. Paste one above.
own-unread = { $count ->
    [one] { $count } line could not be read
   *[other] { $count } lines could not be read
}
own-unread-line = Line { $line }:
own-unread-more = and { $count } more
own-without-text = Only the name is known of { $paths }: empty until you paste the text into the editor.
own-without-size = { $count ->
    [one] The size of { $count } file is not told: it counts as 0 B.
   *[other] The sizes of { $count } files are not told: they count as 0 B. “git ls-tree -r -l HEAD” tells them.
}
own-without-target = { $count ->
    [one] The target of { $count } symbolic link is not told.
   *[other] The targets of { $count } symbolic links are not told.
}
own-modes = Permissions are not told: scripts count as executable (755), all else as 644.
own-refused = { $count ->
    [one] { $count } entry is left out:
   *[other] { $count } entries are left out; the first:
}
own-lost = { $count ->
    [one] { $count } file could not be read, and is left out.
   *[other] { $count } files could not be read, and are left out.
}
own-undo = What is open now can be had back with Undo.
own-open = Open project

# What was measured with a real engine
measure-button = Your own measurements …
measure-title = Measured by you
measure-about = Paste what your engine printed. Sizes and times of the same steps take the place of the estimates; what is computed exactly stays. Nothing leaves this browser.
measure-label = Output of docker
measure-use = Use these figures
measure-clear = Remove all figures
measure-unknown = This is not the output of one of these commands.
measure-nothing = Read as the output of { $command }, which has no figure of a step in it. Steps from the cache have no time: build with --no-cache.
measure-read = { $count ->
    [one] Read as the output of { $command }: the figure of { $count } step.
   *[other] Read as the output of { $command }: the figures of { $count } steps.
}
measure-image = Your image has { $measured }, the one computed here { $computed }. An inspection tells nothing of single steps: docker history does.
measure-matched = { $count ->
    [one] { $count } figure counts for a step of this Dockerfile.
   *[other] { $count } figures count for steps of this Dockerfile.
}
measure-base = { $count ->
    [one] { $count } row below them is the base image's: { $size }.
   *[other] { $count } rows below them are the base image's: { $size } altogether.
}
measure-unmatched = { $count ->
    [one] { $count } is of no step of it:
   *[other] { $count } are of no step of it:
}

## The image's configuration
config-title = Configuration
config-about = What docker image inspect shows under Config. It is no layer and has no size: containers are started by it.
config-field = Field
config-value = Value
config-builder = the builder
lesson-figure-config = The configuration of your image now

## The graph of a lesson's goal behind the present one
ghost-switch = Goal
ghost-about = Draw the shape of the goal’s graph behind yours
ghost-missing = in the goal, not in yours
ghost-extra = in yours, not in the goal
ghost-same = Your graph has the shape of the goal’s: what is left to change is inside the steps.
ghost-stage = The goal has a stage { $stage } that yours has not, with { $count ->
    [one] 1 step
   *[other] { $count } steps
}.
ghost-own-stage = Your stage { $stage } is not in the goal.
ghost-step = Stage { $stage }: the goal has another { $keyword } somewhere below { $after }.
ghost-first-step = Stage { $stage }: the goal begins with { $keyword }.
ghost-own-step = Stage { $stage }: { $step } has no counterpart in the goal.
lesson-target-large = Show it in the Graph tab

# Without a network
offline-title = Without a network
offline-keep = Keep the page for use without a network
offline-filling = The page is being kept. Without a network it does not open yet.
offline-ready = Available offline: the page and all lessons open without a network.
offline-failed = Not all of the page could be kept: the network was gone, or there is no room. The next visit tries again.
offline-off = Not available offline. Nothing of the page is kept.
offline-unsupported = This browser keeps no pages here: it wants an address with https, and no private window.
offline-file = Available offline: this one file has the page and all lessons in it.
offline-download = Download as one file
offline-download-hint = layerlab-offline.html opens from a disk or a USB stick, without a server.
offline-update = There is a new version of Layerlab. Reload to use it; your project stays as it is.
offline-reload = Reload
offline-later = Later
share-from-disk = This page is a file on your disk, so the link only works on this computer. To pass the session on, download it as a file.

# Tables and pictures that layerlab render writes
table-why = Why
table-open = Open in Layerlab

## Presenter mode
present = Present
present-about = Presenter mode: large type, one thing at a time, step by step
present-entered = Presenter mode. The question mark lists its keys, Escape leaves it.
present-left = Presenter mode was left.
present-leave = Leave presenter mode
present-panes = What is in sight
present-both = Side by side
present-steps = Step by step
present-next = Next
present-back = Previous
present-before = Before the build
present-whole = The whole build
present-step = Step { $number } of { $count }
present-snapshots = Snapshots
present-keep = Keep this as snapshot { $number }
present-return = Return to snapshot { $number }; with Shift, keep this in its place
present-return-before = Back to what was left for a snapshot
present-kept = Kept as snapshot { $number }.
present-not-kept = There is no room in this browser for snapshot { $number }. Keep fewer, or smaller files.
present-nothing-kept = Nothing is kept as snapshot { $number }. Shift and the number keep one.
present-size = Size of type
present-larger = Larger type
present-smaller = Smaller type
present-more = More
present-goto = Go to
present-goto-number = Step number
present-go = Go
present-blank = Blank screen
present-fullscreen = Full screen
present-reset = Back to the beginning
present-predict = Ask the room
present-question = What happens to this step?
present-predict-end = Stop asking the room
present-one-more = One more for { $answer }
present-one-fewer = One fewer for { $answer }
present-reveal = Show
present-ask-next = Next question
present-right = { $right } of { $count } were right.
present-right-all = In all { $right } of { $count } answers were right.
keys-presenter = In presenter mode
keys-presenter-on = Single keys enter presenter mode and drive it
keys-present = Presenter mode on and off
keys-present-next = Next step of the build, or of the lesson where the lesson is in sight
keys-present-back = Previous step
keys-present-ends = Before the build, the whole build
keys-present-go = Go to a step
keys-present-size = Larger or smaller type; for the answer with the focus, one more or one fewer
keys-present-arrange = Editor, side by side, result, files, lesson
keys-present-part = The next or previous part of the result
keys-present-predict = Ask the room before each step
keys-present-keep = Keep a snapshot
keys-present-return = Return to a snapshot
keys-present-before = Back to what was left for a snapshot
keys-present-reset = Back to the beginning: of the step of a lesson, else of presenter mode
keys-present-blank = Blank screen
keys-present-fullscreen = Full screen
present-link = QR code of this
present-speaker = Speaker’s window
present-speaker-blocked = The browser has blocked the speaker’s window. Allow pop-ups for this page, then press S again.
keys-present-speaker = The speaker’s window: notes, what is next, the time
keys-present-link = QR code and link to what is shown

## Links for a room
code-label = QR code
code-dense = This code is dense. Let people come close to it, or give them the link.
code-too-long = There is no QR code: the link has { $count } characters, and a code holds { $most }. Take files out of the build context that are not needed, or show the step of a lesson, whose link is short. The link itself works.
code-follow = To follow along: read-only, at this step
code-lesson = The lesson’s step as it begins
follow-title = You are following a presentation.
follow-about = This is read-only.
follow-own = Make it mine
message-look-only = This is somebody else’s, to look at only. Choose “Make it mine” to change it.

## The speaker’s window
speaker-next = What is next
speaker-from-start = The build step by step, from its start
speaker-lesson-ends = The lesson ends here.
speaker-gone = Time since the start
speaker-restart = Count the time from now
speaker-minutes = this part ends at { $minutes } min
speaker-lost = The window with the presentation does not answer. Open the speaker’s window from there, with S.
speaker-off = Presenter mode is off. Press P to enter it.
present-workshop = Open a workshop file
present-workshop-unavailable = The workshop cannot be had: { $why }. See whether its address is right, and whether its server lets other sites read it; or open the file with O.
present-workshop-unreadable = This is no workshop that can be shown: { $why }. Pack it anew: layerlab workshop pack FILE.toml
present-item = { $title } ({ $minutes } min)
keys-present-workshop = Open a workshop file
keys-present-item = The next or previous part of the workshop
speaker-item = { $number } of { $count }: { $title }
speaker-after = The next part
speaker-workshop-ends = The workshop ends here.

## A frame in another page
embed-open = Open in Layerlab
embed-reset = Start again with what the page shows
embed-layers = { $count ->
    [one] 1 layer
   *[other] { $count } layers
}
embed-cached = { $cached } of { $steps } steps cached
# What stands in a frame before the program does: web/js/embed-start.js.
poster-about = An interactive Docker build, computed in your browser.
poster-button = Show what docker build does
poster-lesson = Docker lesson: { $name }
poster-dockerfile = A Dockerfile
poster-loading = Layerlab is loading…
poster-failed = Layerlab could not start here.
poster-sandboxed = This frame is sandboxed without allow-same-origin, and the server of Layerlab does not send Access-Control-Allow-Origin: one of the two is needed.
poster-open = Open Layerlab

## The code that puts an embed into a page
share-embed = Embed in a page …
embed-code-title = Put this into your own page
embed-code-what = What is shown
embed-code-lesson = This step of the lesson
embed-code-state = What you see now
embed-code-view = View
embed-view-split = Editor and result
embed-view-editor = Editor
embed-code-readers = the reader’s
embed-code-height = Height
embed-code-auto = As high as what it shows
embed-code-read-only = Read-only
embed-code-click = Load on a press
embed-code-form = Form of the code
embed-code-frame = Frame
embed-code-copy = Copy the code
embed-code-code = The code
embed-code-about = Everything is in the address; readers' edits go nowhere and leave your page as it is. “As high as what it shows” needs the element.
embed-code-preview = Preview of the embed
