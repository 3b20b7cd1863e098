#!/usr/bin/env bash
# The whole way of a model, from a pre-trained checkpoint to a model folder. Called by `make model`, which sets the
# variables. A step whose result is there is skipped; a training that was stopped goes on from its last checkpoint.
#   TUNE=full     all weights, first on plain Chinese of the trade, then on briefs with the weights on the file's grid
#                 (for a GPU: 32 sequences side by side)
#   TUNE=adapter  LoRA on briefs alone, quantised with an importance matrix (for a CPU)
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
name=$(basename "$MODEL")
mkdir -p "$WORK"

[ -e "$WORK/base/base.json" ] || "$python" -m training base --origin "$ORIGIN" --data "$DATA" --out "$WORK/base"
if [ ! -e "$WORK/merged/config.json" ] && [ "$TUNE" = full ]; then
    full=(--rank 0 --weight-decay 0.01 --step-tokens 16384 --packs-at-once 32)
    if [ ! -e "$WORK/pretrained/config.json" ]; then
        "$python" -m training pretrain --base "$WORK/base" --data "$DATA" --out "$WORK/pretrain" \
            "${full[@]}" --learning-rate 1e-4 --epochs 2
        "$python" -m training merge --run "$WORK/pretrain" --base "$WORK/base" --out "$WORK/pretrained"
    fi
    "$python" -m training sft --base "$WORK/pretrained" --data "$DATA" --out "$WORK/sft" \
        "${full[@]}" --quantised --learning-rate 6e-5 --epochs 4
    "$python" -m training merge --run "$WORK/sft" --base "$WORK/pretrained" --out "$WORK/merged"
elif [ ! -e "$WORK/merged/config.json" ]; then
    "$python" -m training sft --base "$WORK/base" --data "$DATA" --out "$WORK/sft"
    "$python" -m training merge --run "$WORK/sft" --base "$WORK/base" --out "$WORK/merged"
fi

PYTHONPATH=. "$python" scripts/calibration_texts.py "$WORK"
f16=$WORK/$name-f16.gguf
[ -e "$f16" ] || "$python" -m convert gguf --checkpoint "$WORK/merged" --out "$f16" --name "$name" --base-model "$ORIGIN"
if [ "$TUNE" = full ]; then # weights that lie on the grid already need no importance matrix
    "$python" -m convert quantize --f16 "$f16" --recipe "$RECIPE" --out "$WORK/$name.gguf"
else
    [ -e "$WORK/importance.npz" ] || "$python" -m convert importance \
        --checkpoint "$WORK/merged" --texts "$WORK/calibration.jsonl" --out "$WORK/importance.npz"
    "$python" -m convert quantize --f16 "$f16" --recipe "$RECIPE" --importance "$WORK/importance.npz" --out "$WORK/$name.gguf"
fi

first=$(find "$WORK" -maxdepth 1 \( -name "$name.gguf" -o -name "$name-00001-of-*.gguf" \) | head -n 1)
"$python" -m convert verify --checkpoint "$WORK/merged" --f16 "$f16" --model "$first" \
    --lines "$WORK/lines.txt" --texts "$WORK/proof.jsonl"
"$python" -m convert install --model "$first" --card "$CARD" --folder "$MODEL" --name "$name" \
    --title "掌柜小模型" --base "$ORIGIN" --licence Apache-2.0 --quantisation "$RECIPE"
