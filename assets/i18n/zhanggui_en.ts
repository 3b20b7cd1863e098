<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>zhanggui</name>
    <message>
        <source>全部抹掉</source>
        <translation>Erase everything</translation>
    </message>
    <message>
        <source>确认的话</source>
        <translation>Confirmation words</translation>
    </message>
    <message>
        <source>商品、文案、备份和钥匙都会删除，找不回来。
确定的话，请输入“{word}”。</source>
        <translation>Products, copy, backups and the key will be deleted for good.
If you are sure, type “{word}”.</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>粘贴资料</source>
        <translation>Paste product data</translation>
    </message>
    <message>
        <source>把商品标题、参数、介绍整段粘贴到这里。
也可以是：类型#裙*材质#雪纺*图案#碎花</source>
        <translation>Paste the product's title, data sheet and description here.
This form works too: 类型#裙*材质#雪纺*图案#碎花</translation>
    </message>
    <message>
        <source>商品资料</source>
        <translation>Product data</translation>
    </message>
    <message>
        <source>填入</source>
        <translation>Fill in</translation>
    </message>
    <message>
        <source>粘贴任意资料，自动分成名称、属性和卖点</source>
        <translation>Paste anything: it is sorted into name, attributes and selling points</translation>
    </message>
    <message>
        <source>商品名称</source>
        <translation>Product name</translation>
    </message>
    <message>
        <source>属性</source>
        <translation>Attributes</translation>
    </message>
    <message>
        <source>卖点</source>
        <translation>Selling points</translation>
    </message>
    <message>
        <source>人群</source>
        <translation>Audience</translation>
    </message>
    <message>
        <source>活动</source>
        <translation>Offer</translation>
    </message>
    <message>
        <source>原文</source>
        <translation>Original text</translation>
    </message>
    <message>
        <source>类目</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>文件不见了</source>
        <translation>the file is gone</translation>
    </message>
    <message>
        <source>没有权限</source>
        <translation>no permission</translation>
    </message>
    <message>
        <source>文字编码不对</source>
        <translation>wrong text encoding</translation>
    </message>
    <message>
        <source>磁盘满了</source>
        <translation>the disk is full</translation>
    </message>
    <message>
        <source>文件夹只能读</source>
        <translation>the folder is read-only</translation>
    </message>
    <message>
        <source>同名的文件已经在了</source>
        <translation>a file of this name is already there</translation>
    </message>
    <message>
        <source>这是一个文件夹</source>
        <translation>this is a folder</translation>
    </message>
    <message>
        <source>读写时出了错</source>
        <translation>reading or writing failed</translation>
    </message>
    <message>
        <source>里面没有内容</source>
        <translation>it is empty</translation>
    </message>
    <message>
        <source>设了密码，请先去掉密码</source>
        <translation>it has a password; remove it first</translation>
    </message>
    <message>
        <source>是旧版 xls，请另存为 xlsx</source>
        <translation>it is an old xls; save it as xlsx</translation>
    </message>
    <message>
        <source>不是完好的 xlsx 文件</source>
        <translation>not a sound xlsx file</translation>
    </message>
    <message>
        <source>不是表格</source>
        <translation>not a table</translation>
    </message>
    <message>
        <source>太大了</source>
        <translation>too large</translation>
    </message>
    <message>
        <source>里面没有工作表</source>
        <translation>it has no sheet</translation>
    </message>
    <message>
        <source>没有商品资料</source>
        <translation>no product data</translation>
    </message>
    <message>
        <source>资料太长</source>
        <translation>too much data</translation>
    </message>
    <message>
        <source>语气不认识</source>
        <translation>unknown tone</translation>
    </message>
    <message>
        <source>格子比列名多</source>
        <translation>more cells than headings</translation>
    </message>
    <message>
        <source>有乱码</source>
        <translation>garbled characters</translation>
    </message>
    <message>
        <source>引号没有配对</source>
        <translation>unmatched quotation mark</translation>
    </message>
    <message>
        <source>格子里的字太多</source>
        <translation>too much text in a cell</translation>
    </message>
    <message>
        <source>不是 JSON</source>
        <translation>not JSON</translation>
    </message>
    <message>
        <source>不是一个商品</source>
        <translation>not a product</translation>
    </message>
    <message>
        <source>还没有商品资料，不知道写什么。</source>
        <translation>There is no product yet to write about.</translation>
    </message>
    <message>
        <source>请先填商品名称，或点“粘贴资料”自动填好。</source>
        <translation>Enter a product name, or click “Paste product data”.</translation>
    </message>
    <message>
        <source>{field}太长了（{detail}字）。</source>
        <translation>{field}: too long ({detail} characters).</translation>
    </message>
    <message>
        <source>请删去一些，只留和商品有关的内容。</source>
        <translation>Remove some and keep what is about the product.</translation>
    </message>
    <message>
        <source>资料文件夹不能写入，新文案存不下来。</source>
        <translation>The data folder is read-only: new copy cannot be saved.</translation>
    </message>
    <message>
        <source>请检查文件夹的权限，或把程序移到能写入的位置。</source>
        <translation>Check the folder's permissions, or move the program to a writable place.</translation>
    </message>
    <message>
        <source>资料正被另一个窗口使用。</source>
        <translation>The data is in use by another window.</translation>
    </message>
    <message>
        <source>请关掉另一个掌柜文案窗口，再试一次。</source>
        <translation>Close the other Zhanggui window and try again.</translation>
    </message>
    <message>
        <source>资料文件损坏了。</source>
        <translation>The data file is damaged.</translation>
    </message>
    <message>
        <source>请到“隐私”页，用最近的备份恢复。</source>
        <translation>Restore the latest backup on the Privacy page.</translation>
    </message>
    <message>
        <source>磁盘满了，新文案存不下来。</source>
        <translation>The disk is full: new copy cannot be saved.</translation>
    </message>
    <message>
        <source>请清出一些空间，再试一次。</source>
        <translation>Free some space and try again.</translation>
    </message>
    <message>
        <source>资料的钥匙不对，打不开。</source>
        <translation>The key does not fit the data.</translation>
    </message>
    <message>
        <source>请到“隐私”页，用恢复短语打开。</source>
        <translation>Use your recovery phrase on the Privacy page.</translation>
    </message>
    <message>
        <source>找不到资料的钥匙。</source>
        <translation>The key to the data is missing.</translation>
    </message>
    <message>
        <source>没有“{value}”这个选项。</source>
        <translation>There is no option “{value}”.</translation>
    </message>
    <message>
        <source>请从列表里选一个。</source>
        <translation>Choose one from the list.</translation>
    </message>
    <message>
        <source>读不了文件“{path}”：{reason}。</source>
        <translation>Cannot read “{path}”: {reason}.</translation>
    </message>
    <message>
        <source>请换一个文件，或把它另存后再试。</source>
        <translation>Try another file, or save it anew first.</translation>
    </message>
    <message>
        <source>写不了文件“{path}”：{reason}。</source>
        <translation>Cannot write “{path}”: {reason}.</translation>
    </message>
    <message>
        <source>请换一个位置，或清出空间后再试。</source>
        <translation>Choose another place, or free some space.</translation>
    </message>
    <message>
        <source>还没有可用的模型。</source>
        <translation>There is no model to write with yet.</translation>
    </message>
    <message>
        <source>请到“模型”页，从U盘或文件夹导入一个。</source>
        <translation>Import one from a USB stick or a folder on the Models page.</translation>
    </message>
    <message>
        <source>模型文件不完整，可能是上次拷贝中断。</source>
        <translation>The model file is incomplete; the last copy may have broken off.</translation>
    </message>
    <message>
        <source>请到“模型”页重新导入。</source>
        <translation>Import it again on the Models page.</translation>
    </message>
    <message>
        <source>商品资料太多，一次写不下。</source>
        <translation>There is too much product data for one go.</translation>
    </message>
    <message>
        <source>请删去一些属性或卖点，再试一次。</source>
        <translation>Remove some attributes or selling points and try again.</translation>
    </message>
    <message>
        <source>写作程序和这台电脑的处理器不合。</source>
        <translation>The writing program does not suit this computer's processor.</translation>
    </message>
    <message>
        <source>请重新安装掌柜文案，选适合这台电脑的安装包。</source>
        <translation>Please install Zhanggui again with the package made for this computer.</translation>
    </message>
    <message>
        <source>写作程序意外停了，已写好的文案都在。</source>
        <translation>Writing stopped unexpectedly; finished drafts are safe.</translation>
    </message>
    <message>
        <source>请再点一次“写几条”；若常这样，换小一点的模型。</source>
        <translation>Click the write button again; if it keeps happening, use a smaller model.</translation>
    </message>
    <message>
        <source>资料是新版本程序写的，这个版本打不开。</source>
        <translation>The data comes from a newer version of the program.</translation>
    </message>
    <message>
        <source>请安装新版本的掌柜文案。</source>
        <translation>Install the newer version of Zhanggui.</translation>
    </message>
    <message>
        <source>这张表里找不到商品名称。</source>
        <translation>This table has no product names.</translation>
    </message>
    <message>
        <source>请在第一行写上列名，例如：商品名称、材质、卖点。</source>
        <translation>Put headings into the first row, e.g. 商品名称, 材质, 卖点.</translation>
    </message>
    <message>
        <source>资料设了口令，打不开。</source>
        <translation>The data is locked with a passphrase.</translation>
    </message>
    <message>
        <source>请输入正确的口令。</source>
        <translation>Enter the right passphrase.</translation>
    </message>
    <message>
        <source>恢复短语不对。</source>
        <translation>The recovery phrase is wrong.</translation>
    </message>
    <message>
        <source>请对照抄下的词，一个一个核对。</source>
        <translation>Compare it word by word with what you wrote down.</translation>
    </message>
    <message>
        <source>这个设置不能这样填。</source>
        <translation>This setting cannot take that value.</translation>
    </message>
    <message>
        <source>请换一个值；原来的设置没有变。</source>
        <translation>Choose another value; the setting is unchanged.</translation>
    </message>
    <message>
        <source>这一条已经不在了。</source>
        <translation>This one no longer exists.</translation>
    </message>
    <message>
        <source>列表会自动更新。</source>
        <translation>The list updates by itself.</translation>
    </message>
    <message>
        <source>还没有同意导出。</source>
        <translation>Export has not been agreed to.</translation>
    </message>
    <message>
        <source>请先看过内容，勾选同意，再导出。</source>
        <translation>Look at the content, agree, then export.</translation>
    </message>
    <message>
        <source>反馈包没有通过检查：{reason}。</source>
        <translation>The feedback bundle did not pass the check: {reason}.</translation>
    </message>
    <message>
        <source>请重新导出。</source>
        <translation>Export it again.</translation>
    </message>
    <message>
        <source>下载中断了，已下载的部分留着。</source>
        <translation>The download broke off; what has come is kept.</translation>
    </message>
    <message>
        <source>请检查网络再试一次，或从U盘导入。</source>
        <translation>Check the network and try again, or import from a USB stick.</translation>
    </message>
    <message>
        <source>连不上店里的模型服务：{reason}。</source>
        <translation>Your own model server does not answer: {reason}.</translation>
    </message>
    <message>
        <source>请检查地址和网络。</source>
        <translation>Check the address and the network.</translation>
    </message>
    <message>
        <source>程序出了意外，刚才的操作没有完成。</source>
        <translation>Something unexpected happened; the last action was not finished.</translation>
    </message>
    <message>
        <source>您写的内容都还在。可以再试一次；若还是不行，请把详情发给我们。</source>
        <translation>Your text is safe. Try again; if it still fails, send us the details.</translation>
    </message>
    <message>
        <source>{field}的内容读不懂。</source>
        <translation>{field} could not be understood.</translation>
    </message>
    <message>
        <source>请改一改再试。</source>
        <translation>Change it and try again.</translation>
    </message>
    <message>
        <source>资料文件打不开。</source>
        <translation>The data file cannot be opened.</translation>
    </message>
    <message>
        <source>请重新打开程序；若还是不行，用备份恢复。</source>
        <translation>Restart the program; if it still fails, restore a backup.</translation>
    </message>
    <message>
        <source>内存不够：需要{needed}，现在空着{free}。</source>
        <translation>Not enough memory: {needed} needed, {free} free.</translation>
    </message>
    <message>
        <source>请关掉一些程序，或到“模型”页换小一点的模型。</source>
        <translation>Close some programs, or choose a smaller model on the Models page.</translation>
    </message>
    <message>
        <source>表格 (*.xlsx *.csv *.tsv *.json *.jsonl *.txt)</source>
        <translation>Tables (*.xlsx *.csv *.tsv *.json *.jsonl *.txt)</translation>
    </message>
    <message>
        <source>批量</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>历史</source>
        <translation>History</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>模型</source>
        <translation>Models</translation>
    </message>
    <message>
        <source>隐私</source>
        <translation>Privacy</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>第 {row} 行：{reason}</source>
        <translation>Row {row}: {reason}</translation>
    </message>
    <message>
        <source>导入表格</source>
        <translation>Import table</translation>
    </message>
    <message>
        <source>没有导入的行</source>
        <translation>Rows that were not imported</translation>
    </message>
    <message>
        <source>掌柜文案反馈包</source>
        <translation>zhanggui-feedback</translation>
    </message>
    <message>
        <source>导出文案</source>
        <translation>Export copy</translation>
    </message>
    <message>
        <source>导出反馈包</source>
        <translation>Export feedback bundle</translation>
    </message>
    <message>
        <source>文案</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>选择表格</source>
        <translation>Choose table</translation>
    </message>
    <message>
        <source>导入模型</source>
        <translation>Import model</translation>
    </message>
    <message>
        <source>存到哪里</source>
        <translation>Where to save</translation>
    </message>
    <message>
        <source>恢复短语</source>
        <translation>Recovery phrase</translation>
    </message>
    <message>
        <source>掌柜文案</source>
        <translation>Zhanggui</translation>
    </message>
    <message>
        <source>● 离线</source>
        <translation>● Offline</translation>
    </message>
    <message>
        <source>一切都在这台电脑上，什么也不上传</source>
        <translation>Everything stays on this computer; nothing is uploaded</translation>
    </message>
    <message>
        <source>工作台</source>
        <translation>Workbench</translation>
    </message>
    <message>
        <source>属性：{name}</source>
        <translation>Attribute: {name}</translation>
    </message>
    <message>
        <source>请至少选一个渠道</source>
        <translation>Choose at least one channel</translation>
    </message>
    <message>
        <source>表格停下了</source>
        <translation>The table has stopped</translation>
    </message>
    <message>
        <source>表格写完了</source>
        <translation>The table is finished</translation>
    </message>
    <message>
        <source>已复制，可以直接粘贴</source>
        <translation>Copied, ready to paste</translation>
    </message>
    <message>
        <source>已删除一条文案</source>
        <translation>Draft deleted</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>已导出“{name}”</source>
        <translation>Exported “{name}”</translation>
    </message>
    <message>
        <source>已忘掉，从现在重新学</source>
        <translation>Forgotten; learning starts anew</translation>
    </message>
    <message>
        <source>已导出 {n} 条到“{name}”</source>
        <translation>{n} exported to “{name}”</translation>
    </message>
    <message>
        <source>下一次就用它来写</source>
        <translation>The next text is written with it</translation>
    </message>
    <message>
        <source>模型已导入</source>
        <translation>Model imported</translation>
    </message>
    <message>
        <source>文件完好</source>
        <translation>The file is sound</translation>
    </message>
    <message>
        <source>已删除模型</source>
        <translation>Model deleted</translation>
    </message>
    <message>
        <source>随程序附带</source>
        <translation>Comes with the program</translation>
    </message>
    <message>
        <source>已导出到“{name}”</source>
        <translation>Exported to “{name}”</translation>
    </message>
    <message>
        <source>已备份：{name}</source>
        <translation>Backed up: {name}</translation>
    </message>
    <message>
        <source>已恢复，原来的资料也留了一份备份</source>
        <translation>Restored; what was there is kept as a backup</translation>
    </message>
    <message>
        <source>已全部抹掉</source>
        <translation>Everything is erased</translation>
    </message>
    <message>
        <source>已删除“{name}”</source>
        <translation>“{name}” deleted</translation>
    </message>
    <message>
        <source>已填好：{a} 个属性，{p} 个卖点</source>
        <translation>Filled in: {a} attributes, {p} selling points</translation>
    </message>
    <message>
        <source>导入了 {n} 个商品</source>
        <translation>{n} products imported</translation>
    </message>
    <message>
        <source>导入了 {n} 个商品，{p} 行有问题</source>
        <translation>{n} products imported, {p} rows with problems</translation>
    </message>
    <message>
        <source>看看</source>
        <translation>Look</translation>
    </message>
    <message>
        <source>没有名称的商品</source>
        <translation>Unnamed product</translation>
    </message>
    <message>
        <source>已选用</source>
        <translation>picked</translation>
    </message>
    <message>
        <source>已修改</source>
        <translation>edited</translation>
    </message>
    <message>
        <source>行</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Products</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>表格的列</source>
        <translation>Columns of the table</translation>
    </message>
    <message>
        <source>写好的行</source>
        <translation>Finished rows</translation>
    </message>
    <message>
        <source>每个渠道写几条</source>
        <translation>Drafts per channel</translation>
    </message>
    <message>
        <source>接着上次没写完的</source>
        <translation>Go on where it stopped</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>打开结果</source>
        <translation>Open result</translation>
    </message>
    <message>
        <source>把商品表格拖到这里，一行一个商品</source>
        <translation>Drop a table of products here, one product a row</translation>
    </message>
    <message>
        <source>第一行写列名，例如：商品名称、材质、卖点、活动。写好的文案存成一张新表，原来的表不动。</source>
        <translation>Headings in the first row, e.g. 商品名称, 材质, 卖点, 活动. The copy goes into a new table; yours stays as it is.</translation>
    </message>
    <message>
        <source>能写 {good} 行</source>
        <translation>{good} rows can be written</translation>
    </message>
    <message>
        <source>能写 {good} 行，{bad} 行读不懂</source>
        <translation>{good} rows can be written, {bad} cannot be read</translation>
    </message>
    <message>
        <source>{done}/{total} 行 · 每分钟 {rate} 行 · 大约还要 {minutes} 分钟</source>
        <translation>{done}/{total} rows · {rate} a minute · about {minutes} min left</translation>
    </message>
    <message>
        <source>停在第 {done} 行，共 {total} 行；再点开始会接着写。</source>
        <translation>Stopped at row {done} of {total}; Start goes on from there.</translation>
    </message>
    <message>
        <source>写完了 {done} 行，{failed} 行没写成。</source>
        <translation>{done} rows done, {failed} could not be written.</translation>
    </message>
    <message>
        <source>列名</source>
        <translation>Heading</translation>
    </message>
    <message>
        <source>当作</source>
        <translation>Taken as</translation>
    </message>
    <message>
        <source>例子</source>
        <translation>Example</translation>
    </message>
    <message>
        <source>Excel、CSV 或 JSON</source>
        <translation>Excel, CSV or JSON</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>写到哪里</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>随渠道</source>
        <translation>By channel</translation>
    </message>
    <message>
        <source>例如：雪纺碎花连衣裙</source>
        <translation>e.g. 雪纺碎花连衣裙</translation>
    </message>
    <message>
        <source>＋ 属性</source>
        <translation>＋ Attribute</translation>
    </message>
    <message>
        <source>材质 雪纺</source>
        <translation>材质 雪纺</translation>
    </message>
    <message>
        <source>＋ 卖点</source>
        <translation>＋ Selling point</translation>
    </message>
    <message>
        <source>垂坠感好</source>
        <translation>垂坠感好</translation>
    </message>
    <message>
        <source>例如：通勤的她</source>
        <translation>e.g. 通勤的她</translation>
    </message>
    <message>
        <source>写给谁看</source>
        <translation>Audience</translation>
    </message>
    <message>
        <source>语气</source>
        <translation>Tone</translation>
    </message>
    <message>
        <source>例如：第二件半价，11月11日前</source>
        <translation>e.g. 第二件半价，11月11日前</translation>
    </message>
    <message>
        <source>写几条</source>
        <translation>Drafts</translation>
    </message>
    <message>
        <source>长度</source>
        <translation>Length</translation>
    </message>
    <message>
        <source>粘贴资料，自动填好</source>
        <translation>Paste product data</translation>
    </message>
    <message>
        <source>Ctrl+回车</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>更多 ▸</source>
        <translation>More ▸</translation>
    </message>
    <message>
        <source>条数</source>
        <translation>Drafts</translation>
    </message>
    <message>
        <source>{n}字左右</source>
        <translation>about {n} characters</translation>
    </message>
    <message>
        <source>{n}字左右（随渠道）</source>
        <translation>about {n} characters (by channel)</translation>
    </message>
    <message>
        <source>把商品资料整段复制过来，自动分成名称、属性和卖点</source>
        <translation>Copy the product data anywhere; it is sorted into name, attributes and selling points</translation>
    </message>
    <message>
        <source>写 {n} 条</source>
        <translation>Write {n}</translation>
    </message>
    <message>
        <source>更多 ▾</source>
        <translation>More ▾</translation>
    </message>
    <message>
        <source>填好商品名称，选一个渠道，点“写几条”。
写好的文案会并排出现在这里，可以直接修改和复制。</source>
        <translation>Enter a product name, choose a channel, click Write.
Drafts appear here side by side, ready to edit and copy.</translation>
    </message>
    <message>
        <source>{names} · {n} 条 · Alt+数字 复制</source>
        <translation>{names} · {n} drafts · Alt+number copies</translation>
    </message>
    <message>
        <source>选用</source>
        <translation>Picked</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edited</translation>
    </message>
    <message>
        <source>评分</source>
        <translation>Rating</translation>
    </message>
    <message>
        <source>收藏</source>
        <translation>Favourite</translation>
    </message>
    <message>
        <source>忘掉，重新学</source>
        <translation>Forget and start anew</translation>
    </message>
    <message>
        <source>反馈包里的内容</source>
        <translation>Content of the feedback bundle</translation>
    </message>
    <message>
        <source>我看过了，同意导出</source>
        <translation>I have looked at it and agree to export</translation>
    </message>
    <message>
        <source>导出反馈包…</source>
        <translation>Export feedback bundle…</translation>
    </message>
    <message>
        <source>反馈包是一个文件，交给做模型的人，能让下一版写得更合您的口味。电话、地址、姓名会先涂掉。不导出，就什么也不会离开这台电脑。</source>
        <translation>A feedback bundle is a file for the makers of the model, so that the next version writes more to your taste. Phone numbers, addresses and names are blacked out first. Unless you export it, nothing leaves this computer.</translation>
    </message>
    <message>
        <source>一共 {n} 条选择。</source>
        <translation>{n} choices in all.</translation>
    </message>
    <message>
        <source>还没有学到什么。复制、收藏、评分和修改，都会让推荐更合您的口味。</source>
        <translation>Nothing learned yet. Copying, marking, rating and editing make the ranking fit your taste.</translation>
    </message>
    <message>
        <source>没有发现电话、地址等个人信息。</source>
        <translation>No phone numbers, addresses or other personal data found.</translation>
    </message>
    <message>
        <source>学到了什么</source>
        <translation>What was learned</translation>
    </message>
    <message>
        <source>反馈包</source>
        <translation>Feedback bundle</translation>
    </message>
    <message>
        <source>先看看里面有什么</source>
        <translation>Look inside first</translation>
    </message>
    <message>
        <source>1. 在“商品名称”里写上您卖什么；有整段资料的，点“粘贴资料，自动填好”。</source>
        <translation>1. Say what you sell in “Product name”; if you have a whole text, click “Paste product data”.</translation>
    </message>
    <message>
        <source>2. 选一个渠道：标题、详情页、小红书、朋友圈……</source>
        <translation>2. Choose a channel: title, product page, Xiaohongshu, Moments …</translation>
    </message>
    <message>
        <source>3. 点“写 4 条”。文案并排写出来，最推荐的排在前面。</source>
        <translation>3. Click “Write 4”. Drafts are written side by side, the best comes first.</translation>
    </message>
    <message>
        <source>4. 有下划线的地方请看一眼：红色是违规，黄色有风险，蓝色是资料里没有。点一下就能换掉。</source>
        <translation>4. Look at what is underlined: red is unlawful, amber is risky, blue is not in your data. One click replaces it.</translation>
    </message>
    <message>
        <source>5. 直接在文案上改，改好点“复制”，粘贴到平台上。</source>
        <translation>5. Edit right in the draft, click “Copy”, and paste it into the platform.</translation>
    </message>
    <message>
        <source>复制第几条</source>
        <translation>Copy that draft</translation>
    </message>
    <message>
        <source>收藏正在改的这条</source>
        <translation>Mark the draft being edited</translation>
    </message>
    <message>
        <source>撤销 / 重做</source>
        <translation>Undo / redo</translation>
    </message>
    <message>
        <source>搜索</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>到下一栏</source>
        <translation>Next pane</translation>
    </message>
    <message>
        <source>拿样品试试</source>
        <translation>Try the sample</translation>
    </message>
    <message>
        <source>打开日志文件夹</source>
        <translation>Open the log folder</translation>
    </message>
    <message>
        <source>日志里没有您的商品和文案</source>
        <translation>Logs hold nothing of your products and copy</translation>
    </message>
    <message>
        <source>掌柜文案 {version}，Apache-2.0 许可。所用的开源软件和许可见 THIRD_PARTY_LICENSES.md。
一切都在这台电脑上，什么也不上传。</source>
        <translation>Zhanggui {version}, Apache-2.0. For the open-source software used and its licences see THIRD_PARTY_LICENSES.md.
Everything stays on this computer; nothing is uploaded.</translation>
    </message>
    <message>
        <source>一分钟上手</source>
        <translation>Started in a minute</translation>
    </message>
    <message>
        <source>快捷键</source>
        <translation>Shortcuts</translation>
    </message>
    <message>
        <source>关于</source>
        <translation>About</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>回收站</source>
        <translation>Recycle bin</translation>
    </message>
    <message>
        <source>未评分</source>
        <translation>Not rated</translation>
    </message>
    <message>
        <source>1 分</source>
        <translation>1 point</translation>
    </message>
    <message>
        <source>2 分</source>
        <translation>2 points</translation>
    </message>
    <message>
        <source>3 分</source>
        <translation>3 points</translation>
    </message>
    <message>
        <source>4 分</source>
        <translation>4 points</translation>
    </message>
    <message>
        <source>5 分</source>
        <translation>5 points</translation>
    </message>
    <message>
        <source>搜索文案、商品、标签</source>
        <translation>Search copy, products, tags</translation>
    </message>
    <message>
        <source>搜索历史</source>
        <translation>Search history</translation>
    </message>
    <message>
        <source>看哪些</source>
        <translation>Which</translation>
    </message>
    <message>
        <source>还没有文案。到工作台写几条，就会都留在这里。</source>
        <translation>No copy yet. What you write in the workbench is kept here.</translation>
    </message>
    <message>
        <source>导出选中的</source>
        <translation>Export selected</translation>
    </message>
    <message>
        <source>历史文案</source>
        <translation>Earlier copy</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>放回历史</source>
        <translation>Put back</translation>
    </message>
    <message>
        <source>存成 txt、md、csv、xlsx 或 docx</source>
        <translation>As txt, md, csv, xlsx or docx</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>回到工作台</source>
        <translation>To the workbench</translation>
    </message>
    <message>
        <source>没有符合的文案。</source>
        <translation>Nothing found.</translation>
    </message>
    <message>
        <source>取消收藏</source>
        <translation>Unmark</translation>
    </message>
    <message>
        <source>带着商品资料接着改</source>
        <translation>Go on with its product data</translation>
    </message>
    <message>
        <source>和初稿相比：</source>
        <translation>Compared with the first draft:</translation>
    </message>
    <message>
        <source>{cores} 个核心，用 {threads} 个来写 · 空闲内存 {free}</source>
        <translation>{cores} cores, {threads} used for writing · {free} of memory free</translation>
    </message>
    <message>
        <source>模型是写文案的“笔”。它在这台电脑上工作，不联网。也可以从U盘导入别的模型（GGUF 文件）。</source>
        <translation>The model is the “pen” that writes. It works on this computer, without a network. Other models (GGUF files) can be imported from a USB stick.</translation>
    </message>
    <message>
        <source>导入模型文件</source>
        <translation>Import model file</translation>
    </message>
    <message>
        <source>导入模型文件夹</source>
        <translation>Import model folder</translation>
    </message>
    <message>
        <source>还没有可用的模型。请从U盘或文件夹导入一个。</source>
        <translation>There is no model yet. Import one from a USB stick or a folder.</translation>
    </message>
    <message>
        <source>✓ 正在用它写</source>
        <translation>✓ Writes now</translation>
    </message>
    <message>
        <source>检查文件</source>
        <translation>Check file</translation>
    </message>
    <message>
        <source>这台电脑</source>
        <translation>This computer</translation>
    </message>
    <message>
        <source>用它来写</source>
        <translation>Write with it</translation>
    </message>
    <message>
        <source>逐字节核对，确认没有损坏</source>
        <translation>Compares every byte</translation>
    </message>
    <message>
        <source>资料已加密，钥匙在系统的钥匙串里。</source>
        <translation>The data is encrypted; the key lies in the system's keyring.</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>Headline</translation>
    </message>
    <message>
        <source>正文</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>上图下文</source>
        <translation>Text below</translation>
    </message>
    <message>
        <source>图片在上，文字在下</source>
        <translation>The picture above, the words below</translation>
    </message>
    <message>
        <source>满版</source>
        <translation>Full picture</translation>
    </message>
    <message>
        <source>图片铺满，文字压在图片下方</source>
        <translation>The picture fills the poster, the words lie over its lower part</translation>
    </message>
    <message>
        <source>左文右图</source>
        <translation>Text at the side</translation>
    </message>
    <message>
        <source>文字在左边一栏，图片在右边</source>
        <translation>The words in a column on the left, the picture on the right</translation>
    </message>
    <message>
        <source>小红书 3:4</source>
        <translation>Xiaohongshu 3:4</translation>
    </message>
    <message>
        <source>主图 1:1</source>
        <translation>Main picture 1:1</translation>
    </message>
    <message>
        <source>竖屏 9:16</source>
        <translation>Upright 9:16</translation>
    </message>
    <message>
        <source>浅底深字，颜色取自图片</source>
        <translation>Dark words on a light ground, in the colours of the picture</translation>
    </message>
    <message>
        <source>深底浅字，颜色取自图片</source>
        <translation>Light words on a dark ground, in the colours of the picture</translation>
    </message>
    <message>
        <source>海报</source>
        <translation>Poster</translation>
    </message>
    <message>
        <source>海报预览</source>
        <translation>Preview of the poster</translation>
    </message>
    <message>
        <source>把商品图拖到这里，或点“选图片”</source>
        <translation>Drop a product picture here, or press “Choose picture”</translation>
    </message>
    <message>
        <source>版式</source>
        <translation>Layout</translation>
    </message>
    <message>
        <source>尺寸</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>底色</source>
        <translation>Ground</translation>
    </message>
    <message>
        <source>选图片</source>
        <translation>Choose picture</translation>
    </message>
    <message>
        <source>导出 PNG</source>
        <translation>Export PNG</translation>
    </message>
    <message>
        <source>导出 {width} × {height} 像素</source>
        <translation>Exports {width} × {height} pixels</translation>
    </message>
    <message>
        <source>可不填</source>
        <translation>Optional</translation>
    </message>
    <message>
        <source>JPG、PNG 或 WebP，也可以拖进来</source>
        <translation>JPG, PNG or WebP; it can be dropped here too</translation>
    </message>
    <message>
        <source>先选一张商品图，文字已经放好了。</source>
        <translation>Choose a product picture first; the words are ready.</translation>
    </message>
    <message>
        <source>放不下：{names}后面省略了，请删短些。</source>
        <translation>No room: the end was left out of {names}. Please shorten it.</translation>
    </message>
    <message>
        <source>图片偏小，放大后会有些糊。</source>
        <translation>The picture is rather small and will look soft.</translation>
    </message>
    <message>
        <source>请稍等…</source>
        <translation>One moment…</translation>
    </message>
    <message>
        <source>不是 JPG、PNG 或 WebP 图片</source>
        <translation>it is not a JPG, PNG or WebP picture</translation>
    </message>
    <message>
        <source>图片不完整，可能没有下载完</source>
        <translation>the picture is incomplete, perhaps its download was not finished</translation>
    </message>
    <message>
        <source>图片太小，看不清</source>
        <translation>the picture is too small</translation>
    </message>
    <message>
        <source>文件名太长</source>
        <translation>the name is too long</translation>
    </message>
    <message>
        <source>正被别的程序使用</source>
        <translation>another program is using it</translation>
    </message>
    <message>
        <source>图片 (*.jpg *.jpeg *.png *.webp *.bmp *.gif)</source>
        <translation>Pictures (*.jpg *.jpeg *.png *.webp *.bmp *.gif)</translation>
    </message>
    <message>
        <source>导出海报</source>
        <translation>Export poster</translation>
    </message>
    <message>
        <source>{name}-海报.png</source>
        <translation>{name}-poster.png</translation>
    </message>
    <message>
        <source>海报已存好</source>
        <translation>The poster is saved</translation>
    </message>
    <message>
        <source>把这条文案放到商品图上，导出图片</source>
        <translation>Sets this copy on a product picture and exports it</translation>
    </message>
    <message>
        <source>朗读</source>
        <translation>Read aloud</translation>
    </message>
    <message>
        <source>停止朗读</source>
        <translation>Stop reading</translation>
    </message>
    <message>
        <source>读出来听听；选中一段就只读那一段</source>
        <translation>Hear how it sounds; a selection is read alone</translation>
    </message>
    <message>
        <source>朗读语速</source>
        <translation>Reading pace</translation>
    </message>
    <message>
        <source>念完约 {m} 分 {s} 秒</source>
        <translation>About {m} min {s} s to say</translation>
    </message>
    <message>
        <source>念完约 {s} 秒</source>
        <translation>About {s} s to say</translation>
    </message>
    <message>
        <source>每分钟 {pace} 字</source>
        <translation>{pace} characters a minute</translation>
    </message>
    <message>
        <source>按每分钟 {pace} 字估算：标点、表情和话题不算，数字一位算一个字</source>
        <translation>Estimated at {pace} characters a minute: marks, emoji and hashtags do not count, each digit counts as one</translation>
    </message>
    <message>
        <source>这台电脑没有装中文语音，读不出来，时长按语速估算。</source>
        <translation>This computer has no Chinese voice, so nothing can be heard; the time is estimated from the pace.</translation>
    </message>
    <message>
        <source>语音没有响应，读不出来，时长按语速估算。</source>
        <translation>The voice does not respond, so nothing can be heard; the time is estimated from the pace.</translation>
    </message>
    <message>
        <source>每分钟念几个字，朗读和估算口播时长都按它；对着镜头说话一般是 220 到 280。</source>
        <translation>How many characters are said in a minute, for reading aloud and for the running time; people before a camera say 220 to 280.</translation>
    </message>
    <message>
        <source>已拿掉商品图</source>
        <translation>The product picture was taken away</translation>
    </message>
    <message>
        <source>颜色</source>
        <translation>Colour</translation>
    </message>
    <message>
        <source>商品图：拖进来，或点这里选</source>
        <translation>Picture: drop it here, or choose</translation>
    </message>
    <message>
        <source>和商品存在一起，加密；拍摄地点等信息会去掉</source>
        <translation>Kept with the product, encrypted; where it was taken and the like is removed</translation>
    </message>
    <message>
        <source>商品图</source>
        <translation>Product picture</translation>
    </message>
    <message>
        <source>换一张</source>
        <translation>Another one</translation>
    </message>
    <message>
        <source>拿掉</source>
        <translation>Take away</translation>
    </message>
    <message>
        <source>图里的颜色，点一下加到属性：</source>
        <translation>Colours in it; click to add one to the attributes:</translation>
    </message>
    <message>
        <source>加到属性：颜色 {name}</source>
        <translation>Add to the attributes: 颜色 {name}</translation>
    </message>
    <message>
        <source>商品图片</source>
        <translation>Product pictures</translation>
    </message>
    <message>
        <source>资料已加密，钥匙在只有您能读的文件里。</source>
        <translation>The data is encrypted; the key lies in a file that only you can read.</translation>
    </message>
    <message>
        <source>备份</source>
        <translation>Backup</translation>
    </message>
    <message>
        <source>恢复这个备份</source>
        <translation>Restore this backup</translation>
    </message>
    <message>
        <source>还没有备份。</source>
        <translation>No backup yet.</translation>
    </message>
    <message>
        <source>都在这台电脑上</source>
        <translation>All on this computer</translation>
    </message>
    <message>
        <source>备份是一份加密的副本，换电脑或出错时用它恢复。</source>
        <translation>A backup is an encrypted copy for a new computer or after a mishap.</translation>
    </message>
    <message>
        <source>这几个词能在别的电脑上打开您的资料。请抄下来收好，不要拍照、不要发给别人。</source>
        <translation>These words open your data on another computer. Write them down; do not photograph or send them.</translation>
    </message>
    <message>
        <source>商品、文案、备份和钥匙都会删除，找不回来。</source>
        <translation>Products, copy, backups and the key will be deleted for good.</translation>
    </message>
    <message>
        <source>现在还没有资料。</source>
        <translation>There is no data yet.</translation>
    </message>
    <message>
        <source>把我的资料都导出</source>
        <translation>Export all my data</translation>
    </message>
    <message>
        <source>现在备份</source>
        <translation>Back up now</translation>
    </message>
    <message>
        <source>看恢复短语</source>
        <translation>Show recovery phrase</translation>
    </message>
    <message>
        <source>全部抹掉…</source>
        <translation>Erase everything…</translation>
    </message>
    <message>
        <source>搜索商品</source>
        <translation>Search products</translation>
    </message>
    <message>
        <source>还没有商品。在右边写好一个，或导入表格，就会出现在这里。</source>
        <translation>No products yet. Write about one, or import a table, and it appears here.</translation>
    </message>
    <message>
        <source>新商品</source>
        <translation>New product</translation>
    </message>
    <message>
        <source>删除选中的商品（Delete）</source>
        <translation>Delete the chosen product (Delete)</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>On</translation>
    </message>
    <message>
        <source>显卡没能用上，改用处理器写</source>
        <translation>The graphics card could not be used; writing with the processor</translation>
    </message>
    <message>
        <source>适配文件</source>
        <translation>Adapter files</translation>
    </message>
    <message>
        <source>给模型加上自己训练的适配文件（LoRA），写“文件:强度”，几个用分号分开。空着就不加。</source>
        <translation>Adapter files (LoRA) of your own for the model, as “file:strength”, several with semicolons between. Empty: none.</translation>
    </message>
    <message>
        <source>“{name}”不是适配文件。</source>
        <translation>“{name}” is not an adapter file.</translation>
    </message>
    <message>
        <source>请选训练时导出的那个文件，或先空着不用。</source>
        <translation>Choose the file that the training exported, or leave the setting empty.</translation>
    </message>
    <message>
        <source>适配文件“{name}”和现在的模型对不上。</source>
        <translation>The adapter file “{name}” does not fit the model in use.</translation>
    </message>
    <message>
        <source>它是给别的模型做的，请换一个，或换回那个模型。</source>
        <translation>It was made for another model: choose another file, or that model.</translation>
    </message>
    <message>
        <source>正在准备模型</source>
        <translation>Getting the model ready</translation>
    </message>
    <message>
        <source>正在写</source>
        <translation>Writing</translation>
    </message>
    <message>
        <source>正在拷贝</source>
        <translation>Copying</translation>
    </message>
    <message>
        <source>正在下载</source>
        <translation>Downloading</translation>
    </message>
    <message>
        <source>正在校验</source>
        <translation>Checking</translation>
    </message>
    <message>
        <source>正在导入</source>
        <translation>Importing</translation>
    </message>
    <message>
        <source>正在导出</source>
        <translation>Exporting</translation>
    </message>
    <message>
        <source>正在打包</source>
        <translation>Packing</translation>
    </message>
    <message>
        <source>正在逐行处理</source>
        <translation>Going through the rows</translation>
    </message>
    <message>
        <source>正在处理</source>
        <translation>Working</translation>
    </message>
    <message>
        <source>{stage} · 已用 {elapsed} 秒 · 大约还要 {left} 秒</source>
        <translation>{stage} · {elapsed} s · about {left} s left</translation>
    </message>
    <message>
        <source>{stage} · 已用 {elapsed} 秒</source>
        <translation>{stage} · {elapsed} s</translation>
    </message>
    <message>
        <source>回车修改，Delete 去掉</source>
        <translation>Enter edits, Delete removes</translation>
    </message>
    <message>
        <source>{value}
点一下修改，点 ✕ 去掉</source>
        <translation>{value}
Click to edit, click ✕ to remove</translation>
    </message>
    <message>
        <source>合适的长度：{low} 到 {high} 字</source>
        <translation>Fitting length: {low} to {high} characters</translation>
    </message>
    <message>
        <source>{length}/{high}字 · 超出 {over} 字</source>
        <translation>{length}/{high} · {over} too many</translation>
    </message>
    <message>
        <source>{length}/{high}字 · 偏短</source>
        <translation>{length}/{high} · rather short</translation>
    </message>
    <message>
        <source>{length}/{high}字</source>
        <translation>{length}/{high}</translation>
    </message>
    <message>
        <source>写到长度上限停下了，请看看结尾</source>
        <translation>Stopped at the length limit; look at its end</translation>
    </message>
    <message>
        <source>开始重复，提前停下了</source>
        <translation>Stopped early: it began to repeat</translation>
    </message>
    <message>
        <source>您让它停下了</source>
        <translation>You stopped it</translation>
    </message>
    <message>
        <source>绕不开违规词，提前停下了</source>
        <translation>Stopped early: unlawful words could not be avoided</translation>
    </message>
    <message>
        <source>改写</source>
        <translation>Rewrite</translation>
    </message>
    <message>
        <source>意思不变，换一种说法</source>
        <translation>Same meaning, other words</translation>
    </message>
    <message>
        <source>扩写</source>
        <translation>Expand</translation>
    </message>
    <message>
        <source>写得更完整</source>
        <translation>Say more</translation>
    </message>
    <message>
        <source>缩写</source>
        <translation>Shorten</translation>
    </message>
    <message>
        <source>留下要紧的</source>
        <translation>Keep what matters</translation>
    </message>
    <message>
        <source>澄清</source>
        <translation>Clarify</translation>
    </message>
    <message>
        <source>说清楚优惠、数字和指代</source>
        <translation>Make offers, numbers and references plain</translation>
    </message>
    <message>
        <source>等着写</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>正在写…</source>
        <translation>Writing…</translation>
    </message>
    <message>
        <source>看看分数怎么来的</source>
        <translation>See how the score comes about</translation>
    </message>
    <message>
        <source>按渠道的格式复制</source>
        <translation>Copy as the channel wants it</translation>
    </message>
    <message>
        <source>没有写完</source>
        <translation>Not finished</translation>
    </message>
    <message>
        <source>还有 {n} 处，见文中的下划线</source>
        <translation>{n} more, underlined in the text</translation>
    </message>
    <message>
        <source>推荐 {total}</source>
        <translation>Best {total}</translation>
    </message>
    <message>
        <source>{total} 分</source>
        <translation>{total} points</translation>
    </message>
    <message>
        <source>✓ 合规</source>
        <translation>✓ Lawful</translation>
    </message>
    <message>
        <source>✓ 属实</source>
        <translation>✓ True</translation>
    </message>
    <message>
        <source>写到了：{word}</source>
        <translation>Said: {word}</translation>
    </message>
    <message>
        <source>没写到：{word}</source>
        <translation>Not said: {word}</translation>
    </message>
    <message>
        <source>违规，不能发布</source>
        <translation>Unlawful, do not publish</translation>
    </message>
    <message>
        <source>有风险，最好改掉</source>
        <translation>Risky, better change it</translation>
    </message>
    <message>
        <source>建议看一眼</source>
        <translation>Worth a look</translation>
    </message>
    <message>
        <source>资料里没有</source>
        <translation>Not in your data</translation>
    </message>
    <message>
        <source>格式不合适</source>
        <translation>Wrong form</translation>
    </message>
    <message>
        <source>可以更清楚</source>
        <translation>Could be clearer</translation>
    </message>
    <message>
        <source>去掉这几个字</source>
        <translation>Remove these words</translation>
    </message>
    <message>
        <source>换成“{text}”</source>
        <translation>Use “{text}”</translation>
    </message>
    <message>
        <source>文案，可以直接修改</source>
        <translation>Draft, can be edited</translation>
    </message>
    <message>
        <source>去模型页</source>
        <translation>To Models</translation>
    </message>
    <message>
        <source>去隐私页</source>
        <translation>To Privacy</translation>
    </message>
    <message>
        <source>详情</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>复制详情</source>
        <translation>Copy details</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>合规</source>
        <translation>Lawful</translation>
    </message>
    <message>
        <source>属实</source>
        <translation>True</translation>
    </message>
    <message>
        <source>卖点覆盖</source>
        <translation>Points said</translation>
    </message>
    <message>
        <source>写完整</source>
        <translation>Whole</translation>
    </message>
    <message>
        <source>不重复</source>
        <translation>No repeats</translation>
    </message>
    <message>
        <source>合格式</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>合字数</source>
        <translation>Length</translation>
    </message>
    <message>
        <source>通顺</source>
        <translation>Fluent</translation>
    </message>
    <message>
        <source>像人写的</source>
        <translation>Human</translation>
    </message>
    <message>
        <source>几稿一致</source>
        <translation>Agreement</translation>
    </message>
    <message>
        <source>与众不同</source>
        <translation>Different</translation>
    </message>
    <message>
        <source>合口吻</source>
        <translation>Voice</translation>
    </message>
    <message>
        <source>合您的习惯</source>
        <translation>Your taste</translation>
    </message>
    <message>
        <source>与另一稿几乎相同</source>
        <translation>Almost the same as another</translation>
    </message>
    <message>
        <source>跟随系统</source>
        <translation>As the system</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>简体中文</source>
        <translation>简体中文</translation>
    </message>
    <message>
        <source>商品标题</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>详情页</source>
        <translation>Product page</translation>
    </message>
    <message>
        <source>小红书</source>
        <translation>Xiaohongshu</translation>
    </message>
    <message>
        <source>朋友圈</source>
        <translation>Moments</translation>
    </message>
    <message>
        <source>短视频口播</source>
        <translation>Short video</translation>
    </message>
    <message>
        <source>直播话术</source>
        <translation>Live script</translation>
    </message>
    <message>
        <source>信息流广告</source>
        <translation>Feed ad</translation>
    </message>
    <message>
        <source>短信</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>品牌故事</source>
        <translation>Brand story</translation>
    </message>
    <message>
        <source>亲切</source>
        <translation>Warm</translation>
    </message>
    <message>
        <source>专业</source>
        <translation>Expert</translation>
    </message>
    <message>
        <source>活泼</source>
        <translation>Lively</translation>
    </message>
    <message>
        <source>文艺</source>
        <translation>Literary</translation>
    </message>
    <message>
        <source>简洁</source>
        <translation>Terse</translation>
    </message>
    <message>
        <source>热情</source>
        <translation>Eager</translation>
    </message>
    <message>
        <source>高级</source>
        <translation>Refined</translation>
    </message>
    <message>
        <source>时尚</source>
        <translation>Fashion</translation>
    </message>
    <message>
        <source>写商品标题，一行，搜索词在前</source>
        <translation>A product title, one line, search words first</translation>
    </message>
    <message>
        <source>写卖点，3到5行，每行“小标题：一句话”</source>
        <translation>Selling points, 3 to 5 lines, each “heading: one sentence”</translation>
    </message>
    <message>
        <source>写详情页文案，一到两段</source>
        <translation>Product page copy, one or two paragraphs</translation>
    </message>
    <message>
        <source>写小红书笔记，第一行标题，正文分段，带表情，末行话题标签</source>
        <translation>A Xiaohongshu note: title, paragraphs, emoji, hashtags last</translation>
    </message>
    <message>
        <source>写店主发的朋友圈</source>
        <translation>A post for the shopkeeper's Moments</translation>
    </message>
    <message>
        <source>写短视频口播稿，4到6行短句</source>
        <translation>A short video's script, 4 to 6 short lines</translation>
    </message>
    <message>
        <source>写直播话术，先问好，再讲商品，最后请人下单</source>
        <translation>A live script: greet, tell about the product, ask to order</translation>
    </message>
    <message>
        <source>写信息流广告，正好三行</source>
        <translation>A feed ad, exactly three lines</translation>
    </message>
    <message>
        <source>写营销短信，以【店名】开头，以“拒收请回复R”结尾</source>
        <translation>A marketing SMS: 【shop】 first, “拒收请回复R” last</translation>
    </message>
    <message>
        <source>写品牌介绍，一到两段</source>
        <translation>About the brand, one or two paragraphs</translation>
    </message>
    <message>
        <source>界面语言</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>窗口里用哪种文字，重新打开后生效。</source>
        <translation>The language of the window.</translation>
    </message>
    <message>
        <source>窗口里用哪种文字。</source>
        <translation>The language of the window.</translation>
    </message>
    <message>
        <source>外观</source>
        <translation>Look</translation>
    </message>
    <message>
        <source>浅色、深色，或跟随系统。</source>
        <translation>Light, dark, or as the system.</translation>
    </message>
    <message>
        <source>一次写几条</source>
        <translation>Drafts at a time</translation>
    </message>
    <message>
        <source>每次点“生成”写出几条文案供您挑选。</source>
        <translation>How many drafts are written at a click.</translation>
    </message>
    <message>
        <source>每次点“写几条”写出几条文案供您挑选。</source>
        <translation>How many drafts are written at a click.</translation>
    </message>
    <message>
        <source>默认渠道</source>
        <translation>First channel</translation>
    </message>
    <message>
        <source>打开程序时先选好的渠道。</source>
        <translation>The channel that is chosen at the first start.</translation>
    </message>
    <message>
        <source>使用几个处理器核心</source>
        <translation>Processor cores</translation>
    </message>
    <message>
        <source>0 为自动：第一次写时试一试几个最快，给窗口留一个。</source>
        <translation>0 tries out at the first use which number is fastest, and leaves one core to the window.</translation>
    </message>
    <message>
        <source>显卡加速</source>
        <translation>Graphics card</translation>
    </message>
    <message>
        <source>有合适的显卡时用它写，更快；不稳定时请关闭。</source>
        <translation>Writes faster with a fitting graphics card; turn it off if it is unstable.</translation>
    </message>
    <message>
        <source>自动</source>
        <translation>Automatic</translation>
    </message>
    <message>
        <source>空闲几分钟后释放内存</source>
        <translation>Minutes until memory is freed</translation>
    </message>
    <message>
        <source>这么久不写文案就让出模型占的内存，0 为一直不让出。</source>
        <translation>After this long without writing the model leaves the memory; 0 keeps it.</translation>
    </message>
    <message>
        <source>只留有依据的话</source>
        <translation>Keep only what stands on something</translation>
    </message>
    <message>
        <source>商品信息里没有、同类商品也不这么说的话自动去掉。关闭后文案长一些，请自己多看一眼。</source>
        <translation>What neither the product's facts hold nor such products are known for is left out. Without it drafts are longer: read them with care.</translation>
    </message>
    <message>
        <source>自动备份</source>
        <translation>Automatic backup</translation>
    </message>
    <message>
        <source>每天第一次打开时备份一次，旧的备份会自动减少。</source>
        <translation>Once a day at the first start; old backups are thinned.</translation>
    </message>
    <message>
        <source>自己的模型服务器</source>
        <translation>Own model server</translation>
    </message>
    <message>
        <source>店里自己的服务器地址；填了以后商品信息会离开这台电脑。空着就只在本机写。</source>
        <translation>Address of the shop's own server; product data then leaves this computer. Leave it empty to write here only.</translation>
    </message>
    <message>
        <source>优惠</source>
        <translation>Offer</translation>
    </message>
    <message>
        <source>属性（多个写在一格）</source>
        <translation>Attributes (several in a cell)</translation>
    </message>
    <message>
        <source>不使用</source>
        <translation>Not used</translation>
    </message>
    <message>
        <source>身份证号</source>
        <translation>ID number</translation>
    </message>
    <message>
        <source>银行卡号</source>
        <translation>Bank card</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>邮箱</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>链接</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>微信号</source>
        <translation>WeChat</translation>
    </message>
    <message>
        <source>QQ号</source>
        <translation>QQ</translation>
    </message>
    <message>
        <source>单号</source>
        <translation>Order number</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>车牌</source>
        <translation>Number plate</translation>
    </message>
    <message>
        <source>证件号</source>
        <translation>Document number</translation>
    </message>
    <message>
        <source>{kind}：{before} → {after}</source>
        <translation>{kind}: {before} → {after}</translation>
    </message>
    <message>
        <source>写稿请求（商品资料、渠道、设置、种子、模型）</source>
        <translation>Requests</translation>
    </message>
    <message>
        <source>草稿（每一条候选、次序、检查结果、得分）</source>
        <translation>Drafts</translation>
    </message>
    <message>
        <source>修改版本</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>选用、评分、理由、定稿、用时</source>
        <translation>Picks and ratings</translation>
    </message>
    <message>
        <source>模板</source>
        <translation>Templates</translation>
    </message>
    <message>
        <source>模板的各版内容</source>
        <translation>Versions of templates</translation>
    </message>
    <message>
        <source>品牌口吻</source>
        <translation>Brand voices</translation>
    </message>
    <message>
        <source>批量任务</source>
        <translation>Batches</translation>
    </message>
    <message>
        <source>批量任务的每一行</source>
        <translation>Rows of batches</translation>
    </message>
    <message>
        <source>活动效果</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>同意记录</source>
        <translation>Agreements</translation>
    </message>
    <message>
        <source>已撤回的记录编号</source>
        <translation>Withdrawn records</translation>
    </message>
    <message>
        <source>开始写</source>
        <translation>Write</translation>
    </message>
    <message>
        <source>⛔ {what}{advice}</source>
        <translation>⛔ {what} {advice}</translation>
    </message>
    <message>
        <source>抹掉</source>
        <translation>Erase</translation>
    </message>
    <message>
        <source>确定的话，请输入“{word}”。</source>
        <translation>If you are sure, type “{word}”.</translation>
    </message>
    <message>
        <source>启动口令</source>
        <translation>Passphrase at start</translation>
    </message>
    <message>
        <source>用短语打开</source>
        <translation>Open with the phrase</translation>
    </message>
    <message>
        <source>恢复短语（24 组）</source>
        <translation>Recovery phrase (24 groups)</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>打开资料</source>
        <translation>Open your data</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>忘了口令，用恢复短语</source>
        <translation>Forgot it? Use the recovery phrase</translation>
    </message>
    <message>
        <source>救回能读的部分</source>
        <translation>Save what can be read</translation>
    </message>
    <message>
        <source>重新开始</source>
        <translation>Start anew</translation>
    </message>
    <message>
        <source>损坏的文件原样留着</source>
        <translation>The damaged file is kept as it is</translation>
    </message>
    <message>
        <source>原来的资料原样放进旁边的文件夹，不会删除</source>
        <translation>Your old data moves into a folder beside it, unchanged; nothing is deleted</translation>
    </message>
    <message>
        <source>设为启动口令</source>
        <translation>Use this passphrase</translation>
    </message>
    <message>
        <source>忘了口令只能用恢复短语打开，请先抄下恢复短语。</source>
        <translation>Without the passphrase only the recovery phrase opens your data. Write that down first.</translation>
    </message>
    <message>
        <source>新口令，至少 4 个字</source>
        <translation>New passphrase, at least 4 characters</translation>
    </message>
    <message>
        <source>再输一次</source>
        <translation>Type it again</translation>
    </message>
    <message>
        <source>两次输的不一样。</source>
        <translation>The two do not match.</translation>
    </message>
    <message>
        <source>请用最近的备份恢复；没有备份，就救回能读的部分。损坏的文件会原样留着。</source>
        <translation>Restore the latest backup, or save what can still be read. The damaged file is kept as it is.</translation>
    </message>
    <message>
        <source>请输入抄下的恢复短语。</source>
        <translation>Type the recovery phrase that you wrote down.</translation>
    </message>
    <message>
        <source>请输入抄下的恢复短语；系统钥匙串锁着的话，先解锁再试。</source>
        <translation>Type the recovery phrase that you wrote down. If the system’s keyring is locked, unlock it and try again.</translation>
    </message>
    <message>
        <source>口令不对。</source>
        <translation>That is not the passphrase.</translation>
    </message>
    <message>
        <source>请输入启动口令。</source>
        <translation>Please type your passphrase.</translation>
    </message>
    <message>
        <source>忘了口令，可以用恢复短语打开。</source>
        <translation>If you forgot it, the recovery phrase opens your data.</translation>
    </message>
    <message>
        <source>救回 {saved} 行；损坏的文件留在备份文件夹里</source>
        <translation>{saved} rows saved; the damaged file is in the backup folder</translation>
    </message>
    <message>
        <source>原来的资料原样放在“{name}”里</source>
        <translation>Your old data is in “{name}”, unchanged</translation>
    </message>
    <message>
        <source>商品“{name}”和它的所有文案都会删除，旧的备份也会换成新的。</source>
        <translation>The product “{name}” and all its copy will be deleted, and old backups replaced by a new one.</translation>
    </message>
    <message>
        <source>这些天写的文案都会删除，旧的备份也会换成新的。</source>
        <translation>All copy written on these days will be deleted, and old backups replaced by a new one.</translation>
    </message>
    <message>
        <source>下次打开要输口令</source>
        <translation>The next start asks for the passphrase</translation>
    </message>
    <message>
        <source>下次打开不用口令</source>
        <translation>The next start asks for no passphrase</translation>
    </message>
    <message>
        <source>“{name}”和它的文案已抹掉</source>
        <translation>“{name}” and its copy are erased</translation>
    </message>
    <message>
        <source>这些天的文案已抹掉</source>
        <translation>The copy of these days is erased</translation>
    </message>
    <message>
        <source>每次打开都要输口令。可以在“设置”里选离开几分钟后自动锁上。</source>
        <translation>Every start asks for the passphrase. In Settings you can choose after how many minutes away it locks.</translation>
    </message>
    <message>
        <source>现在打开程序不用口令。店里几个人共用电脑时，可以设一个。</source>
        <translation>No passphrase is asked at the start. Set one if several people share this computer.</translation>
    </message>
    <message>
        <source>设启动口令…</source>
        <translation>Set a passphrase…</translation>
    </message>
    <message>
        <source>不再用口令</source>
        <translation>Stop asking for it</translation>
    </message>
    <message>
        <source>抹掉这个商品…</source>
        <translation>Erase this product…</translation>
    </message>
    <message>
        <source>抹掉这些天的文案…</source>
        <translation>Erase these days…</translation>
    </message>
    <message>
        <source>从这一天</source>
        <translation>From this day</translation>
    </message>
    <message>
        <source>到这一天</source>
        <translation>To this day</translation>
    </message>
    <message>
        <source>从</source>
        <translation>From</translation>
    </message>
    <message>
        <source>到</source>
        <translation>to</translation>
    </message>
    <message>
        <source>抹掉一部分</source>
        <translation>Erase a part</translation>
    </message>
    <message>
        <source>从资料、备份和学到的偏好里一起去掉，找不回来。</source>
        <translation>Gone from your data, the backups and what was learned; it cannot be brought back.</translation>
    </message>
    <message>
        <source>换一个口令…</source>
        <translation>Change the passphrase…</translation>
    </message>
    <message>
        <source>离开几分钟后锁上</source>
        <translation>Lock after minutes away</translation>
    </message>
    <message>
        <source>设了启动口令才有用：这么久没有动静就要再输口令，0 为不锁。</source>
        <translation>Works with a passphrase: after so long without a touch it is asked again; 0 never locks.</translation>
    </message>
    <message>
        <source>平台账号</source>
        <translation>Platform account</translation>
    </message>
    <message>
        <source>填一个整数</source>
        <translation>A whole number</translation>
    </message>
    <message>
        <source>填金额，例如 59 或 9.9</source>
        <translation>An amount, e.g. 59 or 9.9</translation>
    </message>
    <message>
        <source>例如：11月11日</source>
        <translation>e.g. 11 November</translation>
    </message>
    <message>
        <source>填进商品资料</source>
        <translation>Fill into the brief</translation>
    </message>
    <message>
        <source>模板 (*.json)</source>
        <translation>Templates (*.json)</translation>
    </message>
    <message>
        <source>第 {row} 个：{reason}</source>
        <translation>No. {row}: {reason}</translation>
    </message>
    <message>
        <source>没有导入的模板</source>
        <translation>Templates not imported</translation>
    </message>
    <message>
        <source>导入模板</source>
        <translation>Import templates</translation>
    </message>
    <message>
        <source>导出模板</source>
        <translation>Export templates</translation>
    </message>
    <message>
        <source>模板“{title}”已保存</source>
        <translation>Template “{title}” saved</translation>
    </message>
    <message>
        <source>模板“{title}”已删除</source>
        <translation>Template “{title}” deleted</translation>
    </message>
    <message>
        <source>导入了 {count} 个模板</source>
        <translation>{count} templates imported</translation>
    </message>
    <message>
        <source>导出了 {count} 个模板</source>
        <translation>{count} templates exported</translation>
    </message>
    <message>
        <source>看哪个渠道的</source>
        <translation>Which channel</translation>
    </message>
    <message>
        <source>例如：双11 · 短信</source>
        <translation>e.g. Double 11 · SMS</translation>
    </message>
    <message>
        <source>模板名称</source>
        <translation>Template name</translation>
    </message>
    <message>
        <source>模板内容</source>
        <translation>Template text</translation>
    </message>
    <message>
        <source>用这个模板</source>
        <translation>Use this template</translation>
    </message>
    <message>
        <source>这个渠道还没有模板。</source>
        <translation>No template for this channel yet.</translation>
    </message>
    <message>
        <source>一行一条，写“活动：”“卖点：”“人群：”开头；用的时候要现填的地方写成 {名字}，例如 活动：双11{力度}。</source>
        <translation>One line each, beginning with 活动： (offer), 卖点： (selling point) or 人群： (audience). Write {名字} (any name in braces) where something is filled in at use, e.g. 活动：双11{力度}.</translation>
    </message>
    <message>
        <source>新建</source>
        <translation>New</translation>
    </message>
    <message>
        <source>用现在的商品新建</source>
        <translation>New from this product</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>导出自己的</source>
        <translation>Export mine</translation>
    </message>
    <message>
        <source>把工作台上的卖点和活动做成模板</source>
        <translation>Makes a template of the points and the offer on the workbench</translation>
    </message>
    <message>
        <source>另存为我的模板</source>
        <translation>Save as my own</translation>
    </message>
    <message>
        <source>保存模板</source>
        <translation>Save template</translation>
    </message>
    <message>
        <source>随程序附带的模板；改了可以存成自己的。</source>
        <translation>Comes with the program; change it and save it as your own.</translation>
    </message>
    <message>
        <source>全部渠道</source>
        <translation>All channels</translation>
    </message>
    <message>
        <source>自己的模板，第 {version} 版。</source>
        <translation>Your own template, version {version}.</translation>
    </message>
    <message>
        <source>新模板，还没有保存。</source>
        <translation>A new template, not saved yet.</translation>
    </message>
    <message>
        <source>撤回同意</source>
        <translation>Withdraw consent</translation>
    </message>
    <message>
        <source>换一个编号</source>
        <translation>Change the number</translation>
    </message>
    <message>
        <source>以后的反馈包和以前的对不上号</source>
        <translation>Later bundles cannot be joined to earlier ones</translation>
    </message>
    <message>
        <source>同意与撤回</source>
        <translation>Consent</translation>
    </message>
    <message>
        <source>现在没有同意导出。每次导出前都会再问。</source>
        <translation>You have not agreed to an export. You are asked before each one.</translation>
    </message>
    <message>
        <source>{day} 同意导出。撤回后不再导出；单条文案可以在“历史”里选“不进反馈包”。</source>
        <translation>You agreed on {day}. After a withdrawal nothing is exported; single copy can be kept out under History.</translation>
    </message>
    <message>
        <source>已撤回同意</source>
        <translation>Consent withdrawn</translation>
    </message>
    <message>
        <source>已换编号</source>
        <translation>Number changed</translation>
    </message>
    <message>
        <source>这次的几条都不会进反馈包</source>
        <translation>These drafts stay out of every bundle</translation>
    </message>
    <message>
        <source>不进反馈包</source>
        <translation>Keep out of bundles</translation>
    </message>
    <message>
        <source>以后导出的反馈包里没有它</source>
        <translation>Later bundles will not hold it</translation>
    </message>
    <message>
        <source>没有商品名称</source>
        <translation>No product name</translation>
    </message>
    <message>
        <source>钉住，写新的时候它还在</source>
        <translation>Pin: it stays when new drafts come</translation>
    </message>
    <message>
        <source>这张表里找不到顾客那一列。</source>
        <translation>No column of buyers was found in this table.</translation>
    </message>
    <message>
        <source>请用平台导出的订单表，第一行要有列名，例如：买家会员名、付款时间、实付金额。</source>
        <translation>Use the order list that your platform exports; its first row must name the columns, such as 买家会员名, 付款时间, 实付金额.</translation>
    </message>
    <message>
        <source>这张表里找不到下单时间。</source>
        <translation>No column of order times was found in this table.</translation>
    </message>
    <message>
        <source>这张表里找不到版本号。</source>
        <translation>No column of version codes was found in this table.</translation>
    </message>
    <message>
        <source>请用导出的那张表填数字，第一行的列名不要改。</source>
        <translation>Fill the numbers into the sheet that was exported and leave its first row as it is.</translation>
    </message>
    <message>
        <source>这张表里找不到曝光那一列。</source>
        <translation>No column of impressions was found in this table.</translation>
    </message>
    <message>
        <source>这张表里找不到点击那一列。</source>
        <translation>No column of clicks was found in this table.</translation>
    </message>
    <message>
        <source>选择订单表</source>
        <translation>Choose an order list</translation>
    </message>
    <message>
        <source>口吻与人群</source>
        <translation>Voices</translation>
    </message>
    <message>
        <source>口吻“{name}”已删除</source>
        <translation>Voice “{name}” deleted</translation>
    </message>
    <message>
        <source>人群“{name}”已删除</source>
        <translation>Audience “{name}” deleted</translation>
    </message>
    <message>
        <source>口吻“{name}”已保存</source>
        <translation>Voice “{name}” saved</translation>
    </message>
    <message>
        <source>人群“{name}”已保存</source>
        <translation>Audience “{name}” saved</translation>
    </message>
    <message>
        <source>{buyers} 人，占 {share}。平均每人 {orders} 单，花 {spent} 元，上次来是 {days} 天前。</source>
        <translation>{buyers} buyers, {share} of all. Each has {orders} orders and spent {spent} yuan; the last visit was {days} days ago. </translation>
    </message>
    <message>
        <source>{rows} 行订单，{buyers} 位顾客；{skipped} 行没有算进来（没付款、退了，或缺时间和顾客）。</source>
        <translation>{rows} order rows, {buyers} buyers; {skipped} rows were not counted (not paid, taken back, or without time or buyer). </translation>
    </message>
    <message>
        <source>人群名称</source>
        <translation>Audience name</translation>
    </message>
    <message>
        <source>例如：早上赶时间，怕麻烦</source>
        <translation>e.g. in a hurry every morning</translation>
    </message>
    <message>
        <source>他们是谁</source>
        <translation>Who they are</translation>
    </message>
    <message>
        <source>＋ 爱买的</source>
        <translation>+ Buys</translation>
    </message>
    <message>
        <source>女装</source>
        <translation>Women’s wear</translation>
    </message>
    <message>
        <source>保存人群</source>
        <translation>Save audience</translation>
    </message>
    <message>
        <source>写给这群人</source>
        <translation>Write for them</translation>
    </message>
    <message>
        <source>存为人群</source>
        <translation>Keep as audience</translation>
    </message>
    <message>
        <source>这些列没有读：{columns}。</source>
        <translation>These columns were not read: {columns}. </translation>
    </message>
    <message>
        <source>顾客的名字和电话都没有存下来。</source>
        <translation>No name or phone number was kept.</translation>
    </message>
    <message>
        <source>爱买的</source>
        <translation>What they like to buy</translation>
    </message>
    <message>
        <source>订单里的人群</source>
        <translation>Groups of buyers in the orders</translation>
    </message>
    <message>
        <source>爱买{things}。</source>
        <translation>They like to buy {things}.</translation>
    </message>
    <message>
        <source>来自导入的订单。</source>
        <translation>From an imported order list.</translation>
    </message>
    <message>
        <source>口吻</source>
        <translation>Voice</translation>
    </message>
    <message>
        <source>店铺的口吻</source>
        <translation>Brand voices</translation>
    </message>
    <message>
        <source>新口吻</source>
        <translation>New voice</translation>
    </message>
    <message>
        <source>新人群</source>
        <translation>New audience</translation>
    </message>
    <message>
        <source>从订单里找人群</source>
        <translation>Find groups in orders</translation>
    </message>
    <message>
        <source>还没有口吻。加一个，写出来的就更像你家。</source>
        <translation>No voice yet. Add one, and the copy will sound like your shop.</translation>
    </message>
    <message>
        <source>还没有人群。自己写，或从订单里找。</source>
        <translation>No audience yet. Write one, or find groups in your orders.</translation>
    </message>
    <message>
        <source>平台导出的订单表；名字、电话、地址不会存下来</source>
        <translation>An order list exported by your platform; names, phone numbers and addresses are not kept</translation>
    </message>
    <message>
        <source>保存口吻</source>
        <translation>Save voice</translation>
    </message>
    <message>
        <source>例如：小甜铺</source>
        <translation>e.g. Sweet Corner</translation>
    </message>
    <message>
        <source>口吻名称</source>
        <translation>Voice name</translation>
    </message>
    <message>
        <source>＋ 形容词</source>
        <translation>+ Adjective</translation>
    </message>
    <message>
        <source>＋ 爱用的词</source>
        <translation>+ Liked word</translation>
    </message>
    <message>
        <source>宝藏</source>
        <translation>gem</translation>
    </message>
    <message>
        <source>＋ 不用的词</source>
        <translation>+ Word never used</translation>
    </message>
    <message>
        <source>廉价</source>
        <translation>cheap</translation>
    </message>
    <message>
        <source>范文</source>
        <translation>Sample copy</translation>
    </message>
    <message>
        <source>把满意的文案贴进来，几篇都行，中间空一行。</source>
        <translation>Paste copy that you are pleased with, several pieces if you like, with an empty line between.</translation>
    </message>
    <message>
        <source>例如活泼、亲切、专业、文艺、简洁、朴实。写的时候会照着来。</source>
        <translation>Such as 活泼 (lively), 亲切 (warm), 专业 (expert), 文艺 (literary), 简洁 (terse), 朴实 (plain). Drafts will follow it.</translation>
    </message>
    <message>
        <source>写的时候一个也不会出现。</source>
        <translation>None of them will appear in a draft.</translation>
    </message>
    <message>
        <source>听起来怎么样</source>
        <translation>How it sounds</translation>
    </message>
    <message>
        <source>爱用的词</source>
        <translation>Words it likes</translation>
    </message>
    <message>
        <source>不用的词</source>
        <translation>Words never used</translation>
    </message>
    <message>
        <source>从中学到的</source>
        <translation>What was learned</translation>
    </message>
    <message>
        <source>还没有。填几个形容词，或贴两三篇范文。</source>
        <translation>Nothing yet. Add a few adjectives, or paste two or three samples.</translation>
    </message>
    <message>
        <source>正在读订单</source>
        <translation>Reading orders</translation>
    </message>
    <message>
        <source>在“口吻与人群”里添加店铺自己的口吻</source>
        <translation>Add your shop’s own voices on the Voices page</translation>
    </message>
    <message>
        <source>直接写，或选一个存好的人群</source>
        <translation>Type, or choose an audience that you kept</translation>
    </message>
    <message>
        <source>不指定口吻</source>
        <translation>No voice</translation>
    </message>
    <message>
        <source>常来又舍得花的老主顾</source>
        <translation>Regulars who spend well</translation>
    </message>
    <message>
        <source>最近还在买，买过三次以上，花得也多</source>
        <translation>Still buying, three times or more, and spending much</translation>
    </message>
    <message>
        <source>常来的老顾客</source>
        <translation>Regulars</translation>
    </message>
    <message>
        <source>最近还在买，买过三次以上</source>
        <translation>Still buying, three times or more</translation>
    </message>
    <message>
        <source>很久没来的老顾客</source>
        <translation>Regulars who stayed away</translation>
    </message>
    <message>
        <source>以前常买，三个月以上没来了</source>
        <translation>Used to buy often, not seen for three months or more</translation>
    </message>
    <message>
        <source>一次买很多的顾客</source>
        <translation>Few visits, large orders</translation>
    </message>
    <message>
        <source>来得不多，但花得多</source>
        <translation>They come seldom but spend much</translation>
    </message>
    <message>
        <source>刚来的新顾客</source>
        <translation>New buyers</translation>
    </message>
    <message>
        <source>一个月内第一次买</source>
        <translation>Bought for the first time within a month</translation>
    </message>
    <message>
        <source>买过两次的顾客</source>
        <translation>Came back once</translation>
    </message>
    <message>
        <source>回来买过第二次</source>
        <translation>They came back for a second order</translation>
    </message>
    <message>
        <source>只买过一次的顾客</source>
        <translation>Bought once</translation>
    </message>
    <message>
        <source>买过一次，还没有回来</source>
        <translation>Bought once and have not come back yet</translation>
    </message>
    <message>
        <source>半睡着的顾客</source>
        <translation>Half asleep</translation>
    </message>
    <message>
        <source>买过一两次，很久没来了</source>
        <translation>Bought once or twice, not seen for long</translation>
    </message>
    <message>
        <source>还没有选目标。</source>
        <translation>No goal is chosen.</translation>
    </message>
    <message>
        <source>请至少选一个目标。</source>
        <translation>Choose at least one goal.</translation>
    </message>
    <message>
        <source>还没有选渠道。</source>
        <translation>No channel is chosen.</translation>
    </message>
    <message>
        <source>请至少选一个渠道。</source>
        <translation>Choose at least one channel.</translation>
    </message>
    <message>
        <source>还没有写好的版本，没有可以导出的。</source>
        <translation>No version is written yet, so there is nothing to export.</translation>
    </message>
    <message>
        <source>请先写，再导出。</source>
        <translation>Write first, then export.</translation>
    </message>
    <message>
        <source>导出投放表</source>
        <translation>Export the campaign sheet</translation>
    </message>
    <message>
        <source>选择填好的投放表</source>
        <translation>Choose the filled campaign sheet</translation>
    </message>
    <message>
        <source>投放</source>
        <translation>Campaigns</translation>
    </message>
    <message>
        <source>投放“{name}”已删除</source>
        <translation>Campaign “{name}” deleted</translation>
    </message>
    <message>
        <source>读到 {count} 个版本的结果</source>
        <translation>Results of {count} versions read</translation>
    </message>
    <message>
        <source>导出了 {count} 个版本</source>
        <translation>{count} versions exported</translation>
    </message>
    <message>
        <source>版本号</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>目标</source>
        <translation>Goal</translation>
    </message>
    <message>
        <source>渠道</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>导出投放表，投完把曝光、点击、成交填回去，再导入，就能看出哪条好。</source>
        <translation>Export the sheet, run the campaign, fill in impressions, clicks and orders, and import it: then you see which version is better.</translation>
    </message>
    <message>
        <source>投放的版本</source>
        <translation>Versions of the campaign</translation>
    </message>
    <message>
        <source>选中的文案</source>
        <translation>The chosen text</translation>
    </message>
    <message>
        <source>导出投放表…</source>
        <translation>Export sheet…</translation>
    </message>
    <message>
        <source>导入结果…</source>
        <translation>Import results…</translation>
    </message>
    <message>
        <source>效果</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>接着写 {n} 条</source>
        <translation>Write {n} more</translation>
    </message>
    <message>
        <source>不限</source>
        <translation>Anyone</translation>
    </message>
    <message>
        <source>还没有写</source>
        <translation>Not written yet</translation>
    </message>
    <message>
        <source>第 {rows} 行的数字对不上（点击比曝光多，或成交比点击多），没有算。</source>
        <translation>The numbers of row {rows} do not fit (more clicks than impressions, or more orders than clicks) and were not counted.</translation>
    </message>
    <message>
        <source>这些版本号不是这次投放的，没有算：{codes}。</source>
        <translation>These codes are not of this campaign and were not counted: {codes}.</translation>
    </message>
    <message>
        <source>去填商品</source>
        <translation>Fill in a product</translation>
    </message>
    <message>
        <source>例如：双11 裙子</source>
        <translation>e.g. Dresses in November</translation>
    </message>
    <message>
        <source>投放名称</source>
        <translation>Campaign name</translation>
    </message>
    <message>
        <source>还没有存好的人群，就写给商品资料里的人群。</source>
        <translation>No audience is kept yet; it is written for the one in the product’s brief.</translation>
    </message>
    <message>
        <source>每种写几条</source>
        <translation>Versions of each</translation>
    </message>
    <message>
        <source>{goals} 个目标 × {channels} 个渠道 × {people} 个人群 × {each} 条</source>
        <translation>{goals} goals × {channels} channels × {people} audiences × {each} versions</translation>
    </message>
    <message>
        <source>新的投放</source>
        <translation>A new campaign</translation>
    </message>
    <message>
        <source>想要什么</source>
        <translation>What it is to bring</translation>
    </message>
    <message>
        <source>投到哪里</source>
        <translation>Where it runs</translation>
    </message>
    <message>
        <source>给谁看</source>
        <translation>Who sees it</translation>
    </message>
    <message>
        <source>写这 {n} 条</source>
        <translation>Write these {n}</translation>
    </message>
    <message>
        <source>至少选一个目标和一个渠道。</source>
        <translation>Choose at least one goal and one channel.</translation>
    </message>
    <message>
        <source>一共 {n} 条，太多了分不出好坏。少选几样，到 {most} 条以内。</source>
        <translation>{n} in all are too many to tell apart. Choose fewer, {most} at most.</translation>
    </message>
    <message>
        <source>写工作台上的商品：{product}</source>
        <translation>About the product on the workbench: {product}</translation>
    </message>
    <message>
        <source>工作台上还没有商品，先去填一个。</source>
        <translation>There is no product on the workbench yet. Fill one in first.</translation>
    </message>
    <message>
        <source>{kind}“{name}”：还没试过，先写几条看看。</source>
        <translation>{kind} “{name}”: not tried yet; write a few and see.</translation>
    </message>
    <message>
        <source>{kind}“{name}”：用过 {tried} 次，选中 {won} 次，次数还少，再试几次才看得准。</source>
        <translation>{kind} “{name}”: used {tried} times, picked {won} times; too few to tell, try it some more.</translation>
    </message>
    <message>
        <source>{kind}“{name}”：用过 {tried} 次，选中 {won} 次，试得比别的少，再看看。</source>
        <translation>{kind} “{name}”: used {tried} times, picked {won} times; tried less than the others, have another look.</translation>
    </message>
    <message>
        <source>{kind}“{name}”：用过 {tried} 次，选中 {won} 次，比平常的 {usual} 高。</source>
        <translation>{kind} “{name}”: used {tried} times, picked {won} times; better than the usual {usual}.</translation>
    </message>
    <message>
        <source>{kind}“{name}”：用过 {tried} 次，选中 {won} 次，和平常的 {usual} 差不多。</source>
        <translation>{kind} “{name}”: used {tried} times, picked {won} times; about the usual {usual}.</translation>
    </message>
    <message>
        <source>{kind}“{name}”：用过 {tried} 次，选中 {won} 次，比平常的 {usual} 低，换换口味时用。</source>
        <translation>{kind} “{name}”: used {tried} times, picked {won} times; below the usual {usual}, good for a change.</translation>
    </message>
    <message>
        <source>新投放</source>
        <translation>New campaign</translation>
    </message>
    <message>
        <source>还没有投放。一份商品资料，按目标、渠道、人群写成几版，投出去比一比。</source>
        <translation>No campaign yet. One brief, written in versions for goals, channels and audiences, then compared.</translation>
    </message>
    <message>
        <source>接下来试试</source>
        <translation>Try next</translation>
    </message>
    <message>
        <source>写过几条、选过几条以后，这里会说接下来试什么。</source>
        <translation>Once you have written and picked a few, this says what to try next.</translation>
    </message>
    <message>
        <source>正在写各个版本</source>
        <translation>Writing the versions</translation>
    </message>
    <message>
        <source>{rate}，多半在 {low} 到 {high} 之间</source>
        <translation>{rate}, probably {low} to {high}</translation>
    </message>
    <message>
        <source>还没有数据</source>
        <translation>No data yet</translation>
    </message>
    <message>
        <source>点击率</source>
        <translation>Click rate</translation>
    </message>
    <message>
        <source>成交率</source>
        <translation>Order rate</translation>
    </message>
    <message>
        <source>点击</source>
        <translation>Clicks</translation>
    </message>
    <message>
        <source>下单</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>品牌</source>
        <translation>Brand</translation>
    </message>
    <message>
        <source>没有可比的版本</source>
        <translation>Nothing to compare with</translation>
    </message>
    <message>
        <source>数据还少，先别下结论</source>
        <translation>Too little data to tell</translation>
    </message>
    <message>
        <source>还分不出高下</source>
        <translation>No clear winner yet</translation>
    </message>
    <message>
        <source>明显更好，可以多投</source>
        <translation>Clearly better: run more of it</translation>
    </message>
    <message>
        <source>明显更差，可以停掉</source>
        <translation>Clearly worse: it can stop</translation>
    </message>
    <message>
        <source>检查</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>有不能发的词：{words}。点“到工作台修改”改掉它。</source>
        <translation>Words that may not be published: {words}. Choose “Edit on the workbench” to mend it.</translation>
    </message>
    <message>
        <source>到工作台修改</source>
        <translation>Edit on the workbench</translation>
    </message>
    <message>
        <source>✕ 不能发</source>
        <translation>✕ May not run</translation>
    </message>
    <message>
        <source>✓ 可以发</source>
        <translation>✓ May run</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>语气{value}</source>
        <translation>sounds {value}</translation>
    </message>
    <message>
        <source>常用{value}</source>
        <translation>often says {value}</translation>
    </message>
    <message>
        <source>不用{value}</source>
        <translation>never says {value}</translation>
    </message>
    <message>
        <source>一句约{value}字</source>
        <translation>about {value} characters a sentence</translation>
    </message>
    <message>
        <source>常以{value}开头</source>
        <translation>often begins with {value}</translation>
    </message>
    <message>
        <source>常带表情</source>
        <translation>often with emoji</translation>
    </message>
    <message>
        <source>少用表情</source>
        <translation>few emoji</translation>
    </message>
    <message>
        <source>不带表情</source>
        <translation>no emoji</translation>
    </message>
    <message>
        <source>篇幅长</source>
        <translation>long texts</translation>
    </message>
    <message>
        <source>短小</source>
        <translation>short texts</translation>
    </message>
    <message>
        <source>长句</source>
        <translation>long sentences</translation>
    </message>
    <message>
        <source>短句</source>
        <translation>short sentences</translation>
    </message>
    <message>
        <source>长短句相间</source>
        <translation>long and short sentences mixed</translation>
    </message>
    <message>
        <source>句子整齐</source>
        <translation>sentences of even length</translation>
    </message>
    <message>
        <source>少停顿</source>
        <translation>few pauses</translation>
    </message>
    <message>
        <source>停顿多</source>
        <translation>many pauses</translation>
    </message>
    <message>
        <source>带表情</source>
        <translation>with emoji</translation>
    </message>
    <message>
        <source>提问开头</source>
        <translation>opens with a question</translation>
    </message>
    <message>
        <source>不用提问开头</source>
        <translation>does not open with a question</translation>
    </message>
    <message>
        <source>多提问</source>
        <translation>many questions</translation>
    </message>
    <message>
        <source>少提问</source>
        <translation>few questions</translation>
    </message>
    <message>
        <source>多感叹</source>
        <translation>many exclamations</translation>
    </message>
    <message>
        <source>语气平稳</source>
        <translation>calm tone</translation>
    </message>
    <message>
        <source>带数字</source>
        <translation>with figures</translation>
    </message>
    <message>
        <source>少用数字</source>
        <translation>few figures</translation>
    </message>
    <message>
        <source>带场景</source>
        <translation>shows scenes</translation>
    </message>
    <message>
        <source>少讲场景</source>
        <translation>few scenes</translation>
    </message>
    <message>
        <source>先说价格</source>
        <translation>price comes first</translation>
    </message>
    <message>
        <source>不先说价格</source>
        <translation>price does not come first</translation>
    </message>
    <message>
        <source>讲优惠</source>
        <translation>tells of offers</translation>
    </message>
    <message>
        <source>少讲优惠</source>
        <translation>tells little of offers</translation>
    </message>
    <message>
        <source>分行多</source>
        <translation>many lines</translation>
    </message>
    <message>
        <source>一段到底</source>
        <translation>one paragraph</translation>
    </message>
    <message>
        <source>列条目</source>
        <translation>lists items</translation>
    </message>
    <message>
        <source>不列条目</source>
        <translation>lists no items</translation>
    </message>
    <message>
        <source>语气活泼</source>
        <translation>lively tone</translation>
    </message>
    <message>
        <source>语气沉稳</source>
        <translation>steady tone</translation>
    </message>
    <message>
        <source>称“您”</source>
        <translation>says “您”</translation>
    </message>
    <message>
        <source>不称“您”</source>
        <translation>does not say “您”</translation>
    </message>
    <message>
        <source>称“你”</source>
        <translation>says “你”</translation>
    </message>
    <message>
        <source>不称“你”</source>
        <translation>does not say “你”</translation>
    </message>
    <message>
        <source>用“我”来说</source>
        <translation>speaks as “I”</translation>
    </message>
    <message>
        <source>不用“我”来说</source>
        <translation>does not speak as “I”</translation>
    </message>
    <message>
        <source>招呼顾客</source>
        <translation>calls to customers</translation>
    </message>
    <message>
        <source>不招呼顾客</source>
        <translation>does not call to customers</translation>
    </message>
    <message>
        <source>结尾请人下单</source>
        <translation>ends by asking for the order</translation>
    </message>
    <message>
        <source>结尾不催下单</source>
        <translation>does not press for the order</translation>
    </message>
    <message>
        <source>带话题</source>
        <translation>with hashtags</translation>
    </message>
    <message>
        <source>不带话题</source>
        <translation>no hashtags</translation>
    </message>
    <message>
        <source>带【】</source>
        <translation>with 【】</translation>
    </message>
    <message>
        <source>不带【】</source>
        <translation>without 【】</translation>
    </message>
    <message>
        <source>四字短语多</source>
        <translation>many four-character phrases</translation>
    </message>
    <message>
        <source>四字短语少</source>
        <translation>few four-character phrases</translation>
    </message>
    <message>
        <source>讲用料做工</source>
        <translation>tells of materials and work</translation>
    </message>
    <message>
        <source>少讲用料做工</source>
        <translation>tells little of materials and work</translation>
    </message>
    <message>
        <source>讲感受</source>
        <translation>tells of feelings</translation>
    </message>
    <message>
        <source>少讲感受</source>
        <translation>tells little of feelings</translation>
    </message>
    <message>
        <source>讲故事</source>
        <translation>tells stories</translation>
    </message>
    <message>
        <source>不讲故事</source>
        <translation>tells no stories</translation>
    </message>
    <message>
        <source>讲烦恼</source>
        <translation>tells of troubles</translation>
    </message>
    <message>
        <source>不讲烦恼</source>
        <translation>does not tell of troubles</translation>
    </message>
    <message>
        <source>讲售后</source>
        <translation>tells of service</translation>
    </message>
    <message>
        <source>少讲售后</source>
        <translation>tells little of service</translation>
    </message>
    <message>
        <source>修饰多</source>
        <translation>many modifiers</translation>
    </message>
    <message>
        <source>修饰少</source>
        <translation>few modifiers</translation>
    </message>
    <message>
        <source>开头长</source>
        <translation>long opening</translation>
    </message>
    <message>
        <source>开头短</source>
        <translation>short opening</translation>
    </message>
    <message>
        <source>结尾长</source>
        <translation>long ending</translation>
    </message>
    <message>
        <source>结尾短</source>
        <translation>short ending</translation>
    </message>
    <message>
        <source>首行长</source>
        <translation>long first line</translation>
    </message>
    <message>
        <source>首行短</source>
        <translation>short first line</translation>
    </message>
    <message>
        <source>末行长</source>
        <translation>long last line</translation>
    </message>
    <message>
        <source>末行短</source>
        <translation>short last line</translation>
    </message>
    <message>
        <source>逗号多</source>
        <translation>many commas</translation>
    </message>
    <message>
        <source>逗号少</source>
        <translation>few commas</translation>
    </message>
    <message>
        <source>并列多</source>
        <translation>many enumerations</translation>
    </message>
    <message>
        <source>并列少</source>
        <translation>few enumerations</translation>
    </message>
    <message>
        <source>叠字多</source>
        <translation>many doubled characters</translation>
    </message>
    <message>
        <source>叠字少</source>
        <translation>few doubled characters</translation>
    </message>
    <message>
        <source>用词多样</source>
        <translation>varied words</translation>
    </message>
    <message>
        <source>用词重复</source>
        <translation>repeated words</translation>
    </message>
    <message>
        <source>多讲“不”</source>
        <translation>often says what it is not</translation>
    </message>
    <message>
        <source>少讲“不”</source>
        <translation>seldom says what it is not</translation>
    </message>
    <message>
        <source>爱对比</source>
        <translation>likes comparisons</translation>
    </message>
    <message>
        <source>少对比</source>
        <translation>few comparisons</translation>
    </message>
    <message>
        <source>提到家人孩子</source>
        <translation>speaks of family and children</translation>
    </message>
    <message>
        <source>少提家人孩子</source>
        <translation>seldom speaks of family and children</translation>
    </message>
    <message>
        <source>讲味道</source>
        <translation>flavours</translation>
    </message>
    <message>
        <source>少讲味道</source>
        <translation>few flavours</translation>
    </message>
    <message>
        <source>讲大小长短</source>
        <translation>sizes</translation>
    </message>
    <message>
        <source>少讲大小长短</source>
        <translation>few sizes</translation>
    </message>
    <message>
        <source>讲手感</source>
        <translation>how it feels</translation>
    </message>
    <message>
        <source>少讲手感</source>
        <translation>little of how it feels</translation>
    </message>
    <message>
        <source>讲穿戴的部位</source>
        <translation>parts of the body</translation>
    </message>
    <message>
        <source>少讲穿戴的部位</source>
        <translation>few parts of the body</translation>
    </message>
    <message>
        <source>讲时间</source>
        <translation>times and seasons</translation>
    </message>
    <message>
        <source>少讲时间</source>
        <translation>few times and seasons</translation>
    </message>
    <message>
        <source>讲怎么用</source>
        <translation>how it is used</translation>
    </message>
    <message>
        <source>少讲怎么用</source>
        <translation>little of how it is used</translation>
    </message>
    <message>
        <source>讲送人帮忙</source>
        <translation>giving and helping</translation>
    </message>
    <message>
        <source>少讲送人帮忙</source>
        <translation>little of giving</translation>
    </message>
    <message>
        <source>讲位置</source>
        <translation>where things are</translation>
    </message>
    <message>
        <source>少讲位置</source>
        <translation>little of where things are</translation>
    </message>
    <message>
        <source>讲颜色</source>
        <translation>tells of colours</translation>
    </message>
    <message>
        <source>少讲颜色</source>
        <translation>tells little of colours</translation>
    </message>
    <message>
        <source>带英文</source>
        <translation>with English words</translation>
    </message>
    <message>
        <source>不带英文</source>
        <translation>no English words</translation>
    </message>
    <message>
        <source>一条也不缺，可以接着用。</source>
        <translation>Not one is missing; you can go on.</translation>
    </message>
    <message>
        <source>点右边的按钮，只补没写完的；若常这样，到“模型”页换小一点的模型。</source>
        <translation>The button on the right writes only the missing ones. If this happens often, choose a smaller model on the Models page.</translation>
    </message>
    <message>
        <source>再写没写完的 {n} 条</source>
        <translation>Write the missing {n}</translation>
    </message>
    <message>
        <source>仓库名要连斜杠一起写，例如 Qwen/Qwen2.5-1.5B-Instruct-GGUF。</source>
        <translation>Write the repository's name with its slash, for example Qwen/Qwen2.5-1.5B-Instruct-GGUF.</translation>
    </message>
    <message>
        <source>连不上网，下载停在这里。</source>
        <translation>There is no connection to the internet; the download stopped here.</translation>
    </message>
    <message>
        <source>请检查网络，或在“设置”里换一个模型下载地址；也可以从U盘导入。</source>
        <translation>Check the network, choose another download address in Settings, or import from a USB stick.</translation>
    </message>
    <message>
        <source>下载网站太久没有回应。</source>
        <translation>The download site has not answered for too long.</translation>
    </message>
    <message>
        <source>过一会儿接着下，或在“设置”里换一个模型下载地址。</source>
        <translation>Go on in a while, or choose another download address in Settings.</translation>
    </message>
    <message>
        <source>下载网站出了问题。</source>
        <translation>Something is wrong with the download site.</translation>
    </message>
    <message>
        <source>网上没有“{name}”。</source>
        <translation>There is no “{name}” on the net.</translation>
    </message>
    <message>
        <source>“{name}”不像仓库名。</source>
        <translation>“{name}” does not look like a repository's name.</translation>
    </message>
    <message>
        <source>“{name}”要登录才能下载。</source>
        <translation>“{name}” can only be downloaded after logging in.</translation>
    </message>
    <message>
        <source>请换一个公开的仓库，或从U盘导入。</source>
        <translation>Choose a public repository, or import from a USB stick.</translation>
    </message>
    <message>
        <source>“{name}”里没有能用的模型文件。</source>
        <translation>“{name}” has no model file that can be used.</translation>
    </message>
    <message>
        <source>请找名字里带 GGUF 的仓库。</source>
        <translation>Look for a repository with GGUF in its name.</translation>
    </message>
    <message>
        <source>下载的文件和网站上的不一样，已经扔掉。</source>
        <translation>The downloaded file differs from the one on the site and has been thrown away.</translation>
    </message>
    <message>
        <source>请再下载一次。</source>
        <translation>Please download it again.</translation>
    </message>
    <message>
        <source>网站给的不是模型文件，可能是上网登录页。</source>
        <translation>The site sent something that is not a model, perhaps a network login page.</translation>
    </message>
    <message>
        <source>请先在浏览器里登录网络，再试一次。</source>
        <translation>Log in to the network in a browser first, then try again.</translation>
    </message>
    <message>
        <source>磁盘满了，放不下这个模型。</source>
        <translation>The disk is full; there is no room for this model.</translation>
    </message>
    <message>
        <source>请清出一些空间，再接着下载。</source>
        <translation>Free some space, then go on with the download.</translation>
    </message>
    <message>
        <source>● 正在联网</source>
        <translation>● Online</translation>
    </message>
    <message>
        <source>添加适配文件</source>
        <translation>Add an adapter</translation>
    </message>
    <message>
        <source>下一条就用上</source>
        <translation>Used from the next draft on</translation>
    </message>
    <message>
        <source>已关掉适配文件</source>
        <translation>Adapter switched off</translation>
    </message>
    <message>
        <source>已删除适配文件</source>
        <translation>Adapter deleted</translation>
    </message>
    <message>
        <source>已添加，下一条就用上</source>
        <translation>Added; used from the next draft on</translation>
    </message>
    <message>
        <source>已添加，现在的模型用不上它</source>
        <translation>Added; the model in use cannot take it</translation>
    </message>
    <message>
        <source>测一测写得多快</source>
        <translation>Measure how fast it writes</translation>
    </message>
    <message>
        <source>很快，几乎不用等</source>
        <translation>quick, hardly a wait</translation>
    </message>
    <message>
        <source>一次写 {count} 条约 {all} 秒 · 每秒读约 {read} 字、写约 {write} 字 · {date}测</source>
        <translation>About {all} s for {count} drafts at once · reads about {read} and writes about {write} characters a second · measured {date}</translation>
    </message>
    <message>
        <source>用现在的模型试写，一般十几秒</source>
        <translation>Writes a little with the model in use; usually ten to twenty seconds</translation>
    </message>
    <message>
        <source>要等一会儿</source>
        <translation>a short wait</translation>
    </message>
    <message>
        <source>有点慢，换小一点的模型会快些</source>
        <translation>rather slow; a smaller model would be quicker</translation>
    </message>
    <message>
        <source>一条约 {n} 秒：{pace}</source>
        <translation>About {n} s a draft: {pace}</translation>
    </message>
    <message>
        <source>这是用别的模型测的，现在的模型请再测一次。</source>
        <translation>This was measured with another model; measure again with the one in use.</translation>
    </message>
    <message>
        <source>还没有测过这台电脑写得多快。</source>
        <translation>How fast this computer writes has not been measured yet.</translation>
    </message>
    <message>
        <source>还没有适配文件。</source>
        <translation>There are no adapters yet.</translation>
    </message>
    <message>
        <source>适配文件（LoRA）是用自己店里的文案训练出来的小文件，加在模型上，写出来更像自己的店。强度越大越像，太大会写乱。</source>
        <translation>An adapter (LoRA) is a small file trained on a shop's own copy; with it the model sounds more like that shop. The stronger, the more so; too strong, and the text falls apart.</translation>
    </message>
    <message>
        <source>删除适配文件</source>
        <translation>Delete the adapter</translation>
    </message>
    <message>
        <source>{name}的强度</source>
        <translation>Strength of {name}</translation>
    </message>
    <message>
        <source>强度 </source>
        <translation>Strength </translation>
    </message>
    <message>
        <source>例如 Qwen/Qwen2.5-1.5B-Instruct-GGUF</source>
        <translation>For example Qwen/Qwen2.5-1.5B-Instruct-GGUF</translation>
    </message>
    <message>
        <source>仓库名</source>
        <translation>Repository</translation>
    </message>
    <message>
        <source>同意这台电脑为这次下载联网</source>
        <translation>I agree that this computer goes online for this download</translation>
    </message>
    <message>
        <source>看看有哪些</source>
        <translation>See what it has</translation>
    </message>
    <message>
        <source>要下载的模型</source>
        <translation>Model to download</translation>
    </message>
    <message>
        <source>下载</source>
        <translation>Download</translation>
    </message>
    <message>
        <source>停下</source>
        <translation>Stop here</translation>
    </message>
    <message>
        <source>网上的模型仓库里有许多现成的模型（GGUF）。只取模型文件，您的商品和文案不会上传。下载地址可以在“设置”里换。</source>
        <translation>Repositories on the net have many ready-made models (GGUF). Only the model file is fetched; your products and copy are not uploaded. The download address can be changed in Settings.</translation>
    </message>
    <message>
        <source>停下了，下载好的部分留着。点“接着下载”就从那里继续。</source>
        <translation>Stopped; what has come is kept. “Go on” continues from there.</translation>
    </message>
    <message>
        <source>下载好了，文件核对过。在上面点“用它来写”就换成它。</source>
        <translation>It is here, and the file was checked. Choose “Write with it” above to use it.</translation>
    </message>
    <message>
        <source>从网上下载</source>
        <translation>Download from the net</translation>
    </message>
    <message>
        <source>接着下载</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>正在看有哪些</source>
        <translation>Looking</translation>
    </message>
    <message>
        <source>正在试写</source>
        <translation>Trying out</translation>
    </message>
    <message>
        <source>✓ 内存够用</source>
        <translation>✓ fits in memory</translation>
    </message>
    <message>
        <source>△ 内存有点紧</source>
        <translation>△ memory is tight</translation>
    </message>
    <message>
        <source>⛔ 内存不够</source>
        <translation>⛔ not enough memory</translation>
    </message>
    <message>
        <source>✓ 内存够用，大约要 {needed}</source>
        <translation>✓ Fits in memory; needs about {needed}</translation>
    </message>
    <message>
        <source>△ 内存有点紧：大约要 {needed}，现在空着 {free}。能写，先关掉别的程序会快些</source>
        <translation>△ Memory is tight: needs about {needed}, {free} is free. It can write; closing other programs makes it quicker</translation>
    </message>
    <message>
        <source>⛔ 内存不够：大约要 {needed}，现在空着 {free}。请换小一点的</source>
        <translation>⛔ Not enough memory: needs about {needed}, {free} is free. Choose a smaller one</translation>
    </message>
    <message>
        <source>⚠ {what}{advice}</source>
        <translation>⚠ {what} {advice}</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>欢迎来到掌柜文案</source>
        <translation>Welcome to Zhanggui</translation>
    </message>
    <message>
        <source>花一分钟，拿一件样品走一遍？不想看就跳过，以后在“帮助”里随时能看。</source>
        <translation>Take a minute and go through it with a sample product? Skip it if you like; it stays on the Help page.</translation>
    </message>
    <message>
        <source>卖什么</source>
        <translation>What you sell</translation>
    </message>
    <message>
        <source>这里写商品名称。有整段资料的，复制过来点“粘贴资料，自动填好”，属性和卖点会自动分好。</source>
        <translation>The product's name goes here. If you have a whole text about it, copy it and press “Paste product data”: attributes and selling points are sorted out for you.</translation>
    </message>
    <message>
        <source>发到哪里</source>
        <translation>Where it goes</translation>
    </message>
    <message>
        <source>选一个渠道，字数、格式和平台的规矩都跟着它走。</source>
        <translation>Choose a channel: length, form and the platform's rules follow it.</translation>
    </message>
    <message>
        <source>点这里就写</source>
        <translation>Press here to write</translation>
    </message>
    <message>
        <source>也可以按 Ctrl+回车。下一步就写给您看，文案在这台电脑上写出来，不联网。</source>
        <translation>Ctrl+Enter does it too. The next step writes for you; the copy is made on this computer, without a network.</translation>
    </message>
    <message>
        <source>写给我看</source>
        <translation>Show me</translation>
    </message>
    <message>
        <source>挑一条，看一眼</source>
        <translation>Pick one and look it over</translation>
    </message>
    <message>
        <source>最推荐的排在前面。画了线的字点一下：红色违规，黄色有风险，蓝色资料里没有，一下就能换掉。也可以直接改字。</source>
        <translation>The best comes first. Click underlined words: red is unlawful, yellow is risky, blue is not in your data; one click replaces them. You can also edit the text right there.</translation>
    </message>
    <message>
        <source>拿走</source>
        <translation>Take it away</translation>
    </message>
    <message>
        <source>点“复制”，按渠道的格式复制好，粘贴到平台上就行。写过的都在“历史”里。</source>
        <translation>Press “Copy”: it is copied in the channel's form, ready to paste on the platform. Everything written stays in History.</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>带我走一遍</source>
        <translation>Show me around</translation>
    </message>
    <message>
        <source>跳过</source>
        <translation>Skip</translation>
    </message>
    <message>
        <source>上一步</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>一次写 {count} 条约 {all} 秒 · 每秒写约 {write} 字 · {date}测</source>
        <translation>About {all} s for {count} drafts at once · writes about {write} characters a second · measured {date}</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>再来几条</source>
        <translation>A few more</translation>
    </message>
    <message>
        <source>换渠道</source>
        <translation>Other channel</translation>
    </message>
    <message>
        <source>换语气</source>
        <translation>Other tone</translation>
    </message>
    <message>
        <source>对比两条文案</source>
        <translation>Compare two drafts</translation>
    </message>
    <message>
        <source>两条一字不差。</source>
        <translation>The two are the same, word for word.</translation>
    </message>
    <message>
        <source>粗体加下划线的，是只有这一条里才有的字。</source>
        <translation>Bold and underlined: words that only this one has.</translation>
    </message>
    <message>
        <source>第 {n} 条 · {channel}</source>
        <translation>No. {n} · {channel}</translation>
    </message>
    <message>
        <source>⚠ {n} 处要看</source>
        <translation>⚠ {n} to look at</translation>
    </message>
    <message>
        <source>✓ 没有要改的</source>
        <translation>✓ Nothing to change</translation>
    </message>
    <message>
        <source>只有这条有：{words}</source>
        <translation>Only here: {words}</translation>
    </message>
    <message>
        <source>复制这条</source>
        <translation>Copy this one</translation>
    </message>
    <message>
        <source>只留这条</source>
        <translation>Keep only this one</translation>
    </message>
    <message>
        <source>另一条放进回收站，可以撤销</source>
        <translation>The other one goes to the recycle bin; you can undo it</translation>
    </message>
    <message>
        <source>对比：选两条并排看</source>
        <translation>Compare: choose two to see them side by side</translation>
    </message>
    <message>
        <source>再点一条的“对比”，就能并排看</source>
        <translation>Click Compare on another one to see both side by side</translation>
    </message>
    <message>
        <source>以前的版本</source>
        <translation>Earlier versions</translation>
    </message>
    <message>
        <source>以前的版本，新的在上面</source>
        <translation>Earlier versions, newest on top</translation>
    </message>
    <message>
        <source>这一版和现在相比</source>
        <translation>This version against the present one</translation>
    </message>
    <message>
        <source>换回这一版</source>
        <translation>Go back to this one</translation>
    </message>
    <message>
        <source>现在的文字也会留着，随时能换回来</source>
        <translation>The present text is kept, you can come back to it</translation>
    </message>
    <message>
        <source>＋ 是后来加上的，－ 是后来去掉的。</source>
        <translation>＋ was added since, － was taken out since.</translation>
    </message>
    <message>
        <source>后来加上的：{added}；后来去掉的：{removed}</source>
        <translation>Added since: {added}; taken out since: {removed}</translation>
    </message>
    <message>
        <source>{n} 字</source>
        <translation>{n} characters</translation>
    </message>
    <message>
        <source>这条还没有改过，没有以前的版本</source>
        <translation>This one was never changed, there is no earlier version</translation>
    </message>
    <message>
        <source>初稿</source>
        <translation>First draft</translation>
    </message>
    <message>
        <source>改过的</source>
        <translation>Edited</translation>
    </message>
    <message>
        <source>已换回以前的版本</source>
        <translation>Back to the earlier version</translation>
    </message>
    <message>
        <source>再来几条、换渠道、换语气、以前的版本</source>
        <translation>A few more, another channel, another tone, earlier versions</translation>
    </message>
    <message>
        <source>写完提醒</source>
        <translation>Tell me when it is done</translation>
    </message>
    <message>
        <source>批量或投放写得久、您又去忙别的时，写完提醒您一声。</source>
        <translation>When a batch or a campaign takes long and you are busy elsewhere, a message tells you that it is done.</translation>
    </message>
    <message>
        <source>投放的版本写好了，可以回来看了</source>
        <translation>The versions of the campaign are written, come and see</translation>
    </message>
    <message>
        <source>投放没有写完，请回来看看</source>
        <translation>The campaign is not finished, please come and look</translation>
    </message>
    <message>
        <source>表格写好了，可以回来看了</source>
        <translation>The table is written, come and see</translation>
    </message>
    <message>
        <source>表格没有写完，请回来看看</source>
        <translation>The table is not finished, please come and look</translation>
    </message>
    <message>
        <source>{what}选中的</source>
        <translation>{what} selection</translation>
    </message>
    <message>
        <source>选中的一段</source>
        <translation>selected part</translation>
    </message>
    <message>
        <source>选中的换语气</source>
        <translation>Selection in another tone</translation>
    </message>
</context>
</TS>
