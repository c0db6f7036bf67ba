# SPDX-License-Identifier: Apache-2.0
# Usage: zsh -f press_tab.zsh LINE. Prints what a zsh at a terminal makes of the line when Tab is pressed behind it.
zmodload zsh/zpty
zpty shell 'PS1= zsh -f -i'
zpty -w shell "autoload -Uz compinit; compinit -D -u; setopt no_beep"
zpty -w shell 'tell() { print -r -- "is<$BUFFER>"; BUFFER= }; zle -N tell; bindkey "^X" tell; bindkey "^I" complete-word'
zpty -w shell 'print rea''dy'
zpty -r shell output $'*\nready*'
zpty -w -n shell "$1"$'\t\x18'
zpty -r shell output '*is<*>*'
zpty -d shell
output=${output##*is<}
print -r -- "${output%%>*}"
