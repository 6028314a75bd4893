<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>zhanggui</name>
    <message><source>A report was written to {path}. It helps to mend the program.</source><translation>报告写在 {path}，有助于修好程序。</translation></message>
    <message><source>About Zhanggui</source><translation>关于掌柜</translation></message>
    <message><source>All files</source><translation>所有文件</translation></message>
    <message><source>An offline order desk for a small shop. Free software under the MIT licence; it collects no data.</source><translation>小店的离线订单台。按 MIT 许可证发布的自由软件，不收集任何数据。</translation></message>
    <message><source>As the computer</source><translation>跟随电脑</translation></message>
    <message><source>Audit</source><translation>留痕</translation></message>
    <message><source>Cancel</source><translation>取消</translation></message>
    <message><source>Charts</source><translation>数据</translation></message>
    <message><source>Choose everything found</source><translation>全选查到的</translation></message>
    <message><source>Choose several rows</source><translation>连选几行</translation></message>
    <message><source>Choose the row</source><translation>勾选这一行</translation></message>
    <message><source>Clear selection</source><translation>清除选择</translation></message>
    <message><source>Clear the search</source><translation>清空搜索</translation></message>
    <message><source>Close</source><translation>关闭</translation></message>
    <message><source>Close the panel</source><translation>收起面板</translation></message>
    <message><source>Colours</source><translation>配色</translation></message>
    <message><source>Compact</source><translation>紧凑</translation></message>
    <message><source>Copy details</source><translation>复制详情</translation></message>
    <message><source>Copy rows for a spreadsheet</source><translation>复制成表格</translation></message>
    <message><source>Dark</source><translation>深色</translation></message>
    <message><source>Database OK</source><translation>本地数据库正常</translation></message>
    <message><source>Detail panel</source><translation>详情面板</translation></message>
    <message><source>Details</source><translation>详情</translation></message>
    <message><source>Export files</source><translation>导出文件</translation></message>
    <message><source>File</source><translation>文件</translation></message>
    <message><source>Help</source><translation>帮助</translation></message>
    <message><source>Import export files</source><translation>导入导出文件</translation></message>
    <message><source>Import…</source><translation>导入…</translation></message>
    <message><source>It isn't there</source><translation>找不到</translation></message>
    <message><source>It was changed meanwhile</source><translation>已被别处改动</translation></message>
    <message><source>Keyboard</source><translation>键盘操作</translation></message>
    <message><source>Language</source><translation>语言</translation></message>
    <message><source>Leave a dialog</source><translation>离开对话框</translation></message>
    <message><source>Light</source><translation>浅色</translation></message>
    <message><source>New</source><translation>改成</translation></message>
    <message><source>Normal</source><translation>标准</translation></message>
    <message><source>Now</source><translation>现在</translation></message>
    <message><source>Open another shop</source><translation>打开另一家店</translation></message>
    <message><source>Open another shop…</source><translation>打开另一家店…</translation></message>
    <message><source>Open folder</source><translation>打开文件夹</translation></message>
    <message><source>Open the shop's folder</source><translation>打开店铺文件夹</translation></message>
    <message><source>Opening the shop…</source><translation>正在打开店铺…</translation></message>
    <message><source>Orders</source><translation>订单</translation></message>
    <message><source>Print</source><translation>打印</translation></message>
    <message><source>Quit</source><translation>退出</translation></message>
    <message><source>Refresh</source><translation>刷新</translation></message>
    <message><source>Refunds</source><translation>售后</translation></message>
    <message><source>Remove filter {filter}</source><translation>去掉筛选 {filter}</translation></message>
    <message><source>Row above</source><translation>上一行</translation></message>
    <message><source>Row below</source><translation>下一行</translation></message>
    <message><source>Row height</source><translation>行高</translation></message>
    <message><source>Search</source><translation>搜索</translation></message>
    <message><source>Shop folder</source><translation>店铺文件夹</translation></message>
    <message><source>Something went wrong that should not</source><translation>程序出错了</translation></message>
    <message><source>Something went wrong that should not: {what}</source><translation>程序出错了：{what}</translation></message>
    <message><source>Stock</source><translation>库存</translation></message>
    <message><source>Stop and quit</source><translation>停止并退出</translation></message>
    <message><source>Stop and quit?</source><translation>停止并退出？</translation></message>
    <message><source>That can't be done</source><translation>这样做不行</translation></message>
    <message><source>That can't be understood</source><translation>看不懂</translation></message>
    <message><source>That did not work</source><translation>没有办成</translation></message>
    <message><source>The computer did not allow it</source><translation>电脑不允许</translation></message>
    <message><source>Today</source><translation>今日</translation></message>
    <message><source>Today {time}</source><translation>今天 {time}</translation></message>
    <message><source>Version</source><translation>版本</translation></message>
    <message><source>View</source><translation>视图</translation></message>
    <message><source>Your data are as they were before this step.</source><translation>数据和这一步之前一样，没有改动。</translation></message>
    <message><source>Zhanggui</source><translation>掌柜</translation></message>
    <message><source>stopping…</source><translation>正在停止…</translation></message>
    <message><source>{d}d {h}h</source><translation>{d} 天 {h} 时</translation></message>
    <message><source>{h}h {m}m</source><translation>{h} 时 {m} 分</translation></message>
    <message><source>{m}m</source><translation>{m} 分</translation></message>
    <message><source>{n}s left</source><translation>剩 {n} 秒</translation></message>
    <message><source>“{work}” is still running. Stopping it leaves the data as they were before it.</source><translation>“{work}”还在进行。停下来，数据会和它开始前一样。</translation></message>
    <message><source>“{work}” is still running; open the other shop when it is done.</source><translation>“{work}”还在进行，做完再打开另一家店。</translation></message>
</context>
</TS>
