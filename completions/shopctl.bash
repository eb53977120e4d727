# Completion of shopctl for bash, with or without bash-completion: source <(shopctl completion bash)
# All it offers comes from `shopctl __complete`; this file only speaks bash.

# Sets `words` to the words before the cursor as shopctl would get them, `quote` to the quote the last one stands in,
# and `done` to the part of it that readline takes for a word of its own: what is before the last : = @ > …
__shopctl_split() {
	local line=$1 c inside=0 i
	words=() quote='' done=''
	local word=''
	for ((i = 0; i < ${#line}; i++)); do
		c=${line:i:1}
		if [[ $quote == "'" && $c != "'" ]] || [[ $quote == '"' && $c != [\"\\] ]]; then
			word+=$c
		elif [[ $c == \\ ]]; then
			i=$((i + 1)) inside=1
			word+=${line:i:1}
		elif [[ $c == [\'\"] ]]; then
			if [[ -n $quote ]]; then quote=''; else quote=$c; fi
			inside=1 done=$word
		elif [[ $c == [[:space:]] ]]; then
			((inside)) && words+=("$word")
			inside=0 word='' done=''
		else
			inside=1
			word+=$c
			[[ $COMP_WORDBREAKS == *"$c"* ]] && done=$word
		fi
	done
	words+=("$word")
}

# The words as bash has split them, for callers who give no line: a break joins what it has parted.
__shopctl_join() {
	local i last=''
	words=() quote='' done=''
	for ((i = 0; i <= COMP_CWORD; i++)); do
		if ((i > 1)) && [[ ${COMP_WORDS[i]} == [:=@]* || $last == [:=@] ]]; then
			words[${#words[@]} - 1]+=${COMP_WORDS[i]}
		else
			words+=("${COMP_WORDS[i]}")
		fi
		last=${COMP_WORDS[i]}
	done
	local word=${words[${#words[@]} - 1]}
	[[ $COMP_WORDBREAKS == *:* && $word == *[:=]* ]] && done=${word%"${word##*[:=]}"}
}

# One candidate as the line shall hold it: without what readline keeps, quoted unless it stands in quotes.
__shopctl_fit() {
	fit=${1#"$done"}
	[[ -n $quote || $fit == +([A-Za-z0-9_.,:=@/+-]) ]] || printf -v fit %q "$fit"
}

# Candidates with descriptions beside them, one to a screen line.
__shopctl_describe() {
	local i widest=0 room line
	for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
		((${#COMPREPLY[i]} > widest)) && widest=${#COMPREPLY[i]}
	done
	room=$((${COLUMNS:-80} - widest - 4))
	((room >= 10)) || return
	for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
		[[ -n ${about[i]} ]] || continue
		printf -v line '%-*s  (%s' "$widest" "${COMPREPLY[i]}" "${about[i]:0:room}"
		COMPREPLY[i]="$line)"
	done
}

_shopctl() {
	local words quote done fit line directive=0 at=0 about=() found=() extglob
	extglob=$(shopt -p extglob)
	shopt -s extglob
	if [[ -n $COMP_LINE ]]; then __shopctl_split "${COMP_LINE:0:COMP_POINT}"; else __shopctl_join; fi
	COMPREPLY=()
	while IFS= read -r line; do
		if [[ $line == :* ]]; then
			directive=${line#:}
			[[ $directive == *' '* ]] && at=${directive#* } directive=${directive% *}
			continue
		fi
		__shopctl_fit "${line%%$'\t'*}"
		found+=("${line%%$'\t'*}")
		COMPREPLY+=("$fit")
		[[ $line == *$'\t'* ]] && about[${#COMPREPLY[@]} - 1]=${line#*$'\t'}
	done < <("${1/#\~/$HOME}" __complete -- "${words[@]:1}" 2>/dev/null)
	local word=${words[${#words[@]} - 1]}
	if ((directive & 2)); then
		compopt -o filenames 2>/dev/null
		word=${word:at}
		while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$word")
	else
		compopt -o nosort 2>/dev/null
	fi
	((directive & 1)) && compopt -o nospace 2>/dev/null
	# COMP_TYPE 37 and 42 put candidates into the line one after another: no descriptions there.
	if ((${#COMPREPLY[@]} > 1)) && [[ $COMP_TYPE != 37 && $COMP_TYPE != 42 ]]; then
		__shopctl_describe
		# Found by a name: what they have in common is not what was typed, which shall stay.
		[[ ${found[0],,} == "${word,,}"* ]] || COMPREPLY+=('')
	fi
	$extglob
}

complete -F _shopctl shopctl
